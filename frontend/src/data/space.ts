/** In which space, and among which rows, everything is computed. */

/** Rows that everything is computed on instead of all. */
export interface Subset {
  /** The server's name for them. */
  readonly name: string;
  /** Rising. */
  readonly rows: Int32Array;
  /** What they are, as people read it: «40 by lasso». */
  readonly words: string;
}

export interface Space {
  /** Each vector less the mean, then scaled to length one, before anything is measured. */
  readonly spherize: boolean;
  /** null: all rows. */
  readonly subset: Subset | null;
}

/** An answer about a subset as a column of the whole embedding: NaN for the rows that are not in it. */
export function spreadColumn(values: Float32Array, subset: Subset | null, rows: number): Float32Array {
  if (subset === null) return values;
  const spread = new Float32Array(rows).fill(Number.NaN);
  const among = subset.rows;
  for (let index = 0; index < among.length; index++) spread[among[index]!] = values[index]!;
  return spread;
}

/** The other way round: the part of a column that a subset's requests are about. */
export function gatherColumn(values: Float32Array, subset: Subset | null): Float32Array {
  if (subset === null) return values;
  const among = subset.rows;
  const gathered = new Float32Array(among.length);
  for (let index = 0; index < among.length; index++) gathered[index] = values[among[index]!]!;
  return gathered;
}

/** A column of which only the rows of a subset are places: NaN elsewhere. */
export function maskColumn(values: Float32Array, subset: Subset): Float32Array {
  return spreadColumn(gatherColumn(values, subset), subset, values.length);
}
