/** Where a projection puts each point, whichever method it is. */

import type { Subset } from "./space";

export const METHODS = ["pca", "tsne", "umap", "axes", "as_is"] as const;
export type Method = (typeof METHODS)[number];

/** A method that finds the places step by step, in the page. */
export type LayoutMethod = "tsne" | "umap";

export function isLayoutMethod(method: Method): method is LayoutMethod {
  return method === "tsne" || method === "umap";
}

export interface Coordinates {
  readonly method: Method;
  /** One number a row of the embedding; NaN where the row has no place. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** null: the method gave two dimensions. */
  readonly z: Float32Array | null;
  readonly rows: number;
  /** Rows that have a place. */
  readonly placedRows: number;
  readonly axisNames: readonly string[];
  /** What the vectors were before: «as stored» or «spherized». */
  readonly space: string;
  /** The rows that it was computed on; null: all. */
  readonly subset?: Subset | null;
  /** Of a layout: the iteration (t-SNE) or epoch (UMAP) whose places these are. */
  readonly iteration: number | null;
}

const NOTHING = new Float32Array(0);

/** Rows that have a place on every axis. */
export function countPlaced(...axes: readonly Float32Array[]): number {
  const [x, y = NOTHING, z = NOTHING] = axes;
  let placed = 0;
  // Infinity - Infinity and NaN - NaN are both NaN; a column that is not there reads as 0.
  for (let row = 0; row < (x?.length ?? 0); row++) {
    const [a, b, c] = [x![row]!, y[row] ?? 0, z[row] ?? 0];
    if (a - a + (b - b) + (c - c) === 0) placed++;
  }
  return placed;
}
