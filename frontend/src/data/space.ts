/** The preprocessing and the subset of rows that all computations use. */
import { gather } from "../math/gather";
import { intersectRows } from "./row_sets";

/** Rows that computations use instead of all. */
export interface Subset {
  /** The server's name for the subset. */
  readonly name: string;
  /** Ascending. */
  readonly rows: Int32Array;
  /** Description for display: «40 by lasso». */
  readonly words: string;
}

export interface Space {
  /** Subtract the mean from each vector, then scale it to length one, before any measurement. */
  readonly spherize: boolean;
  /** null: all rows. */
  readonly subset: Subset | null;
}

/** Those of the rows that are in the subset. */
export function rowsWithin(rows: Int32Array, subset: Subset | null): Int32Array {
  return subset === null ? rows : intersectRows(rows, subset.rows);
}

/** Expands a result for a subset to a column of the whole embedding: NaN for rows that are not in it. */
export function spreadColumn(values: Float32Array, subset: Subset | null, rows: number): Float32Array {
  if (subset === null) return values;
  const spread = new Float32Array(rows).fill(Number.NaN);
  const among = subset.rows;
  for (let index = 0; index < among.length; index++) spread[among[index]!] = values[index]!;
  return spread;
}

/** The inverse: the part of a column that belongs to the subset. */
export function gatherColumn(values: Float32Array, subset: Subset | null): Float32Array {
  return subset === null ? values : gather(values, subset.rows);
}

/** Replaces rows outside the subset with NaN. */
export function maskColumn(values: Float32Array, subset: Subset): Float32Array {
  return spreadColumn(gatherColumn(values, subset), subset, values.length);
}
