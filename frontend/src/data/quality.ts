/** How far a picture can be believed: neighbors that it keeps, and false and torn ones (Venna and Kaski 2001). */
import { ArrowAnswer } from "./arrow_answer";
import type { Problem } from "./runs";

/** Measured on a sample: the value, and the interval that holds that of all rows in 95 of 100 samples. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Quality {
  readonly k: number;
  readonly metric: string;
  /** What the vectors were: «as stored» or «spherized». */
  readonly space: string;
  /** Of each row: the share, 0 to 1, of its k nearest in the space that are among its k nearest on the screen; NaN: no place. */
  readonly keptByRow: Float32Array;
  /** The mean of it. */
  readonly kept: number;
  readonly trustworthiness: Estimate;
  readonly continuity: Estimate;
  /** Rows that trustworthiness and continuity were measured on, against all. */
  readonly sampledRows: number;
  readonly drawnRows: number;
  readonly rows: number;
  /** Of the neighbor graph, 0 to 1; 1: exact. */
  readonly recall: number;
  readonly seed: number;
  readonly problems: readonly Problem[];
}

interface QualityDocument {
  k: number;
  metric: string;
  space: string;
  kept: number | null;
  trustworthiness: Estimate;
  continuity: Estimate;
  sampled_rows: number;
  drawn_rows: number;
  rows: number;
  recall: number;
  seed: number;
}

/** Parses the answer of `/quality`. */
export function parseQuality(bytes: Uint8Array): Quality {
  const answer = new ArrowAnswer(bytes);
  const fields = answer.document<QualityDocument>("quality");
  const { k, metric, space, trustworthiness, continuity, rows, recall, seed } = fields;
  return {
    ...{ k, metric, space, trustworthiness, continuity, rows, recall, seed },
    keptByRow: answer.floats("kept"),
    kept: fields.kept ?? Number.NaN,
    sampledRows: fields.sampled_rows,
    drawnRows: fields.drawn_rows,
    problems: answer.problems,
  };
}
