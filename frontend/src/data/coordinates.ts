/** Coordinates of each point, from any projection method. */

import type { AxisChoices } from "./axes";
import type { Subset } from "./space";

export const METHODS = ["pca", "tsne", "umap", "axes", "as_is"] as const;
export type Method = (typeof METHODS)[number];

/** A method that computes the coordinates iteratively, in the page. */
export type LayoutMethod = "tsne" | "umap";

export function isLayoutMethod(method: Method): method is LayoutMethod {
  return method === "tsne" || method === "umap";
}

export const LAYOUT_NAMES: Record<LayoutMethod, string> = { tsne: "t-SNE", umap: "UMAP" };
export const METHOD_NAMES: Record<Method, string> = { pca: "PCA", ...LAYOUT_NAMES, axes: "Axes", as_is: "As is" };

/** «axes», «as is»; abbreviations keep their capitals. */
export function nameInSentence(method: Method): string {
  const name = METHOD_NAMES[method];
  return /^[A-Z][a-z]/.test(name) ? name.toLowerCase() : name;
}

/** The space of coordinates from a file that does not say which it is. */
export const SPACE_NOT_RECORDED = "space not recorded";

export interface Coordinates {
  readonly method: Method;
  /** One number per row of the embedding; NaN for rows without coordinates. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** null: the result has two dimensions. */
  readonly z: Float32Array | null;
  readonly rows: number;
  /** Number of rows with coordinates. */
  readonly finiteRows: number;
  readonly axisNames: readonly string[];
  /** Preprocessing of the vectors: «as stored», «spherized», or `SPACE_NOT_RECORDED`. */
  readonly space: string;
  /** The rows that it was computed on; null: all. */
  readonly subset?: Subset | null;
  /** For custom axes: the definition that it is of, with Z in 2-D, too; missing: it is not known. */
  readonly axes?: AxisChoices;
  /** For layouts: the iteration (t-SNE) or epoch (UMAP) of these coordinates. */
  readonly iteration: number | null;
}

const NOTHING = new Float32Array(0);

/** Number of rows with finite coordinates on every axis. */
export function countFiniteRows(...axes: readonly Float32Array[]): number {
  const [x, y = NOTHING, z = NOTHING] = axes;
  let finite = 0;
  // Infinity - Infinity and NaN - NaN are both NaN; a missing column reads as 0.
  for (let row = 0; row < (x?.length ?? 0); row++) {
    const [a, b, c] = [x![row]!, y[row] ?? 0, z[row] ?? 0];
    if (a - a + (b - b) + (c - c) === 0) finite++;
  }
  return finite;
}
