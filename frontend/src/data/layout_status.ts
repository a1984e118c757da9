/** The page's view of a layout (t-SNE, UMAP): its request, and its progress. */
import type { LayoutMethod } from "./coordinates";
import type { TriedSearch } from "./graph";
import type { Problem } from "./runs";

type LayoutPhase = "graph" | "preparing" | "running" | "paused" | "ended" | "died";

/** Whether it can no longer go on. */
export function isOver(phase: LayoutPhase): phase is "ended" | "died" {
  return phase === "ended" || phase === "died";
}

export interface LayoutStatus {
  readonly of: LayoutMethod;
  readonly phase: LayoutPhase;
  /** Iterations (t-SNE) or epochs (UMAP) done. */
  readonly iteration: number;
  /** Number planned; null: it continues until stopped. */
  readonly iterations: number | null;
  readonly perSecond: number;
  /** The latest known value, at most 25 iterations old; null: not known yet, or the method has none. */
  readonly klDivergence: number | null;
  /**
   * The neighbor graph: neighbors per row; how they were computed; the fraction of true ones among them, 0 to 1, and
   * the number of random rows on which that was measured (0: not yet).
   */
  readonly k: number;
  readonly method: "exact" | "ivf" | "hnsw";
  readonly recall: number;
  readonly recallRows: number;
  /** The searches that the method was chosen from, as a trial measured them. */
  readonly tried: readonly TriedSearch[];
  /** Number of neighbors per row that are being searched while it runs with `k`; null: it has all of them. */
  readonly awaited: number | null;
  /** It waits for them. */
  readonly isHeld: boolean;
  /** Deviations from the request, in words, e.g. a perplexity that is too large for so few points. */
  readonly notes: readonly string[];
  /** Problems with the vectors found while computing the graph. */
  readonly problems: readonly Problem[];
  /** Reason for a pause, or an end, that nobody asked for. */
  readonly pausedBecause: string | null;
  /** The state's fields (LAYOUT_FIELDS) at the start. */
  readonly startedWith: Readonly<Record<string, unknown>>;
}
