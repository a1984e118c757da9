/** The exact nearest rows of one row, or of a sum of rows. */
import { ArrowAnswer } from "./arrow_answer";

/** Metrics. For the dot product, distances are the negated product, so that smaller is always nearer. */
export const METRICS = ["cosine", "euclidean", "dot"] as const;
export type Metric = (typeof METRICS)[number];

export interface Neighborhood {
  /** The row whose neighbors these are; null: neighbors of a sum of rows. */
  readonly row: number | null;
  /** Nearest first, excluding the row itself. */
  readonly rows: Int32Array;
  readonly distances: Float32Array;
  /** More of them than are listed; absent: none are known. */
  readonly unlisted?: Int32Array;
  readonly metric: Metric;
  readonly space: string;
  readonly exact: boolean;
}

/** The nearest rows, listed or not. */
export function nearestRows({ rows, unlisted }: Neighborhood, count: number): number[] {
  return [...rows, ...(unlisted ?? [])].slice(0, count);
}

/** The first `count` of them are listed. */
export function listFirst(neighborhood: Neighborhood, count: number): Neighborhood {
  const { rows, distances } = neighborhood;
  if (rows.length <= count) return neighborhood;
  const listed = { rows: rows.subarray(0, count), distances: distances.subarray(0, count) };
  return { ...neighborhood, ...listed, unlisted: rows.subarray(count) };
}

/** Parses the response of `GET` and `POST /neighbors`. */
export function parseNeighborhood(bytes: Uint8Array): Neighborhood {
  const answer = new ArrowAnswer(bytes);
  const fields = answer.document<Omit<Neighborhood, "rows" | "distances">>("neighbors");
  return {
    row: fields.row,
    rows: answer.integers("row"),
    distances: answer.floats("distance"),
    metric: fields.metric,
    space: fields.space,
    exact: fields.exact,
  };
}
