/** What every layout is, t-SNE's and UMAP's alike: made from a neighbor graph, prepared in slices, then stepped. */

export type Metric = "cosine" | "euclidean" | "dot";

/** The k nearest neighbors of every row, as `/graph` answers. */
export interface Graph {
  readonly rows: number;
  readonly k: number;
  /** Rows × k, nearest first; -1 where a row has none. */
  readonly neighbors: Int32Array;
  /** Rows × k; `dot` is the dot product negated, so that smaller is nearer everywhere. */
  readonly distances: Float32Array;
  readonly metric: string;
}

export interface LayoutOptions {
  dimensions: 2 | 3;
  /** A whole number; the same graph, options and seed give the same layout. */
  seed: number;
  /** Where to start, planar (all x, then all y, then all z): PCA's coordinates. null: seeded random places. */
  initial: Float32Array | null;
  /** A class for each row, -1 unknown; null: none. */
  labels: Int32Array | null;
}

export interface Layout {
  readonly count: number;
  readonly dimensions: 2 | 3;
  /** Work before the first iteration, in slices of about 50 ms: yields the share done, 0 to 1. */
  prepare(): Generator<number>;
  /** One iteration (t-SNE) or epoch (UMAP), counted from 1. `isOver` when the layout has ended by itself. */
  step(): { iteration: number; isOver: boolean };
  /** Planar (all x, then all y, then all z), NaN for rows without neighbors; valid until the next call. */
  positions(): Float32Array;
  /** KL divergence of the present positions; null where the method has none. Costs about an iteration. */
  klDivergence(): number | null;
  /** Moves every point a little, at random, so that a layout that is stuck may go on. */
  perturb(): void;
  /** Of t-SNE: heeded from the next iteration on. null: automatic. */
  setRates?(learningRate: number | null, exaggeration: number): void;
  /** Lets go of the memory; nothing may be called afterwards. */
  dispose(): void;
}
