/** Coordinates of each point in a projection, and how much of the data's variance they explain. */
import { ArrowAnswer } from "./arrow_answer";
import { plural } from "./format";
import type { Problem } from "./runs";
import type { Subset } from "./space";

export interface Projection {
  readonly method: "pca";
  /** One array per component, `rows` long; NaN if the row's vector is not finite. */
  readonly components: readonly Float32Array[];
  /** Fraction of the total variance, 0 to 1, of each component sent. */
  readonly varianceRatios: readonly number[];
  readonly rows: number;
  /** Number of rows whose vector has neither NaN nor infinity. */
  readonly finiteRows: number;
  /** Preprocessing of the vectors: «as stored». */
  readonly space: string;
  /** False: the components still changed when the computation ended. */
  readonly converged?: boolean;
  /** The rows that it was computed on; null: all. */
  readonly subset?: Subset | null;
  /** Problems found while reading the vectors. */
  readonly problems: readonly Problem[];
}

interface ProjectionDocument {
  components: number;
  explained_variance_ratio: (number | null)[];
  rows: number;
  finite_rows: number;
  space: string;
  converged: boolean;
}

/** Parses the response of `/projections?method=pca`. */
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
    converged: fields.converged,
    problems: answer.problems,
  };
}

/** Fraction of variance, 0 to 1, explained by these components (0-based); duplicates count once. */
export function shownVariance(projection: Projection, components: readonly number[]): number {
  return [...new Set(components)].reduce((sum, component) => sum + (projection.varianceRatios[component] ?? 0), 0);
}

/** «all 10 points are the same» where nothing varies, and a share of the variance would mean nothing; otherwise null. */
export function sameWords({ varianceRatios, finiteRows }: Projection): string | null {
  const isSame = finiteRows > 1 && varianceRatios.every((ratio) => ratio === 0);
  return isSame ? `all ${plural(finiteRows, "point")} are the same` : null;
}

/** The same projection with more components: existing arrays are reused, so that nothing drawn from them changes. */
export function extendProjection(old: Projection, more: Projection): Projection {
  return { ...more, components: more.components.map((component, index) => old.components[index] ?? component) };
}
