/** The interface shared by t-SNE and UMAP layouts: made from a neighbor graph, prepared in slices, then stepped. */

import type { Settling } from "./settling";

export type Metric = "cosine" | "euclidean" | "dot";

/** The k nearest neighbors of every row, as returned by `/graph`. */
export interface Graph {
  readonly rows: number;
  readonly k: number;
  /** Rows × k, nearest first; -1 for missing neighbors. */
  readonly neighbors: Int32Array;
  /** Rows × k; for `dot`, the negated dot product, so that smaller is always nearer. */
  readonly distances: Float32Array;
  readonly metric: string;
}

export interface LayoutOptions {
  dimensions: 2 | 3;
  /** Integer; the same graph, options and seed give the same layout. */
  seed: number;
  /** Starting coordinates, planar (all x, then all y, then all z), e.g. from PCA. null: random, from the seed. */
  initial: Float32Array | null;
  /** One class per row, -1 for unknown; null: no labels. */
  labels: Int32Array | null;
}

export interface Step {
  /** Iteration of t-SNE or epoch of UMAP, counted from 1. */
  readonly iteration: number;
  /** The layout has ended by itself. */
  readonly isOver: boolean;
}

export interface Layout {
  readonly count: number;
  readonly dimensions: 2 | 3;
  /** Work before the first iteration, in slices of about 50 ms: yields the fraction done, 0 to 1. */
  prepare(): Generator<number>;
  /** One iteration or epoch. A promise where another thread takes part: nothing else may be called until it is there. */
  step(): Step | Promise<Step>;
  /** Planar (all x, then all y, then all z), NaN for rows without neighbors; valid until the next call. */
  positions(): Float32Array;
  /** KL divergence of the current positions; null if the method has none. Costs about an iteration. */
  klDivergence(): number | null | Promise<number | null>;
  /** Where the method has no end of its own: whether its KL divergence still falls. */
  readonly settling?: Settling;
  /** Moves every point slightly at random, so that a layout stuck in a local optimum can continue. */
  perturb(): void;
  /** t-SNE only: goes on where another layout of the same rows is after `iteration`; `positions` are planar. */
  continueFrom?(positions: Float32Array, iteration: number): void;
  /** t-SNE only: takes effect from the next iteration. null: automatic. */
  setRates?(learningRate: number | null, exaggeration: number, supervision: number): void;
  /** Frees the memory; no method may be called afterwards. */
  dispose(): void;
}

/** One whose work is done when its calls return. */
export interface SyncLayout extends Layout {
  step(): Step;
  klDivergence(): number | null;
}
