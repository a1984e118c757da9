/** Where a projection puts each point, whichever method it is. */

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
  /** Of a layout: the iteration (t-SNE) or epoch (UMAP) whose places these are. */
  readonly iteration: number | null;
}

/** Rows that have a place on every axis. */
export function countPlaced(...axes: readonly Float32Array[]): number {
  const rows = axes[0]?.length ?? 0;
  let placed = 0;
  for (let row = 0; row < rows; row++) if (axes.every((axis) => Number.isFinite(axis[row]))) placed++;
  return placed;
}
