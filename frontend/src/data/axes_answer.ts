/** Coordinates of each row on custom axes. */
import { ArrowAnswer } from "./arrow_answer";
import type { AxisChoice } from "./axes";
import type { Problem } from "./runs";

export interface AxisFound {
  /** Number of finite rows averaged at either end; null for a random axis. */
  readonly added: number | null;
  readonly subtracted: number | null;
  /** The distance between the two means, in units of the space. */
  readonly length: number | null;
  /** The axis's fraction of the total variance, 0 to 1. */
  readonly varianceRatio: number;
}

export interface AxesAnswer {
  /** One array per axis, one number per row (of the subset); NaN: the row is not finite. */
  readonly columns: readonly Float32Array[];
  readonly axes: readonly AxisFound[];
  readonly rows: number;
  readonly finiteRows: number;
  readonly space: string;
  readonly problems: readonly Problem[];
}

/** What the server says of the axes projected on last. */
export interface ProjectedAxes {
  /** Their definition. */
  readonly axes: readonly AxisChoice[];
  /** For each axis; null for a component, undefined for rows that other metadata may not find again. */
  readonly found: readonly (AxisFound | null | undefined)[];
  readonly problems: readonly Problem[];
}

interface AxesDocument {
  axes: { added: number | null; subtracted: number | null; length: number | null; variance_ratio: number }[];
  rows: number;
  finite_rows: number;
  space: string;
}

/** Parses the response of `POST /projections`. */
export function parseAxes(bytes: Uint8Array): AxesAnswer {
  const answer = new ArrowAnswer(bytes);
  const { axes, rows, finite_rows, space } = answer.document<AxesDocument>("projection");
  return {
    columns: axes.map((_, index) => answer.floats(`axis${index + 1}`)),
    axes: axes.map(({ added, subtracted, length, variance_ratio }) => {
      return { added, subtracted, length, varianceRatio: variance_ratio };
    }),
    rows,
    finiteRows: finite_rows,
    space,
    problems: answer.problems,
  };
}

/** Parses the response of `/tensors?dims`: one column per requested dimension, in order. */
export function parseDimensions(bytes: Uint8Array, dims: readonly number[]): readonly Float32Array[] {
  const answer = new ArrowAnswer(bytes);
  return dims.map((dim) => answer.floats(`dim${dim}`));
}
