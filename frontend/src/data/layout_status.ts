/** A layout (t-SNE, UMAP) as the page knows it: what it was asked for, and how far it is. */
import type { LayoutMethod } from "./coordinates";
import type { Problem } from "./runs";

export type LayoutPhase = "graph" | "preparing" | "running" | "paused" | "ended" | "died";

export interface LayoutStatus {
  readonly of: LayoutMethod;
  readonly phase: LayoutPhase;
  /** Iterations (t-SNE) or epochs (UMAP) done. */
  readonly iteration: number;
  /** Those that it will do; null: it goes on until it is stopped. */
  readonly iterations: number | null;
  readonly perSecond: number;
  /** The latest known, of at most 25 iterations ago; null: not known yet, or the method has none. */
  readonly klDivergence: number | null;
  /**
   * Of the neighbor graph: neighbors a row; how they were found; the share of true ones among them, 0 to 1, and on how
   * many random rows that was measured (0: not yet).
   */
  readonly k: number;
  readonly method: "exact" | "ivf" | "hnsw";
  readonly recall: number;
  readonly recallRows: number;
  /** What it differs in from what was asked for, in words: a perplexity that is too large for so few points. */
  readonly notes: readonly string[];
  /** What making the graph found wrong with the vectors. */
  readonly problems: readonly Problem[];
  /** Why it was paused when nobody paused it. */
  readonly pausedBecause: string | null;
  /** The state's fields (LAYOUT_FIELDS) as they were at the start. */
  readonly startedWith: Readonly<Record<string, unknown>>;
}
