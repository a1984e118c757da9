/** The coordinates that a projection gives each point, and how much of the data's variance they show. */
import { ArrowAnswer } from "./arrow_answer";
import type { Problem } from "./runs";
import type { Subset } from "./space";

export interface Projection {
  readonly method: "pca";
  /** One array a component, `rows` long; NaN where the row's vector is not finite. */
  readonly components: readonly Float32Array[];
  /** Of each component that was sent: its share of the total variance, 0 to 1. */
  readonly varianceRatios: readonly number[];
  readonly rows: number;
  /** Rows whose vector holds neither NaN nor infinity. */
  readonly finiteRows: number;
  /** What the vectors were before they were projected: «as stored». */
  readonly space: string;
  /** The rows that it was computed on; null: all. */
  readonly subset?: Subset | null;
  /** What reading the vectors found wrong with them. */
  readonly problems: readonly Problem[];
}

interface ProjectionDocument {
  components: number;
  explained_variance_ratio: (number | null)[];
  rows: number;
  finite_rows: number;
  space: string;
}

/** Parses the answer of `/projections?method=pca`. */
export function parseProjection(bytes: Uint8Array): Projection {
  const answer = new ArrowAnswer(bytes);
  const fields = answer.document<ProjectionDocument>("projection");
  return {
    method: "pca",
    components: Array.from({ length: fields.components }, (_, index) => answer.floats(`pc${index + 1}`)),
    varianceRatios: fields.explained_variance_ratio.map((ratio) => ratio ?? 0),
    rows: fields.rows,
    finiteRows: fields.finite_rows,
    space: fields.space,
    problems: answer.problems,
  };
}

/** The share of variance, 0 to 1, that the picture of these components (0-based) shows; one named twice counts once. */
export function shownVariance(projection: Projection, components: readonly number[]): number {
  return [...new Set(components)].reduce((sum, component) => sum + (projection.varianceRatios[component] ?? 0), 0);
}

/** The same projection with more components: the arrays that are there stay, so that nothing drawn from them changes. */
export function extendProjection(old: Projection, more: Projection): Projection {
  return { ...more, components: more.components.map((component, index) => old.components[index] ?? component) };
}
