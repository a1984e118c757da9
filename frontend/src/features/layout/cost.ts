/** Estimates the cost of a layout of many points before it starts: its time, and the page's memory. */

import type { LayoutMethod } from "../../data/coordinates";
import { formatBytes, formatCount } from "../../data/format";
import { pointCount } from "../../state/derived";
import type { State } from "../../state/state";
import { neighborsWanted } from "./settings";

/** Number of points from which the cost is shown: fewer take less than a minute. */
const MANY_POINTS = 200_000;
/** Number of neighbors to offer instead: enough for the shape of a picture of so many points. */
const FEW_NEIGHBORS = 15;

interface LayoutCost {
  readonly rows: number;
  readonly neighbors: number;
  /** Until the first iteration, on two cores: nearly all of it is the search for neighbors. */
  readonly startS: number;
  /** Until the last epoch of UMAP, or 750 iterations of t-SNE, from then on. */
  readonly runS: number;
  /** Peak memory of the page. */
  readonly bytes: number;
}

/**
 * Seconds for a million rows, bytes for each row and for each neighbor, fitted to benchmarks/results/2026-11-26: from
 * 100,000 to a million rows, on two cores.
 */
const MEASURED: Record<LayoutMethod, { runS: number; runSPerNeighbor: number; row: number; neighbor: number }> = {
  tsne: { runS: 110, runSPerNeighbor: 4, row: 180, neighbor: 42 },
  umap: { runS: 135, runSPerNeighbor: 6, row: 240, neighbor: 20 },
};
/**
 * The same for the search, however many neighbors: t-SNE starts with the first 15. The measured vectors, of 128 and 200
 * dimensions, vary along 50 directions; those that vary along more take longer.
 */
const SEARCH_S = 76;
/** Exponent of the rows in all three times. */
const GROWTH = 1.25;

/** The cost of a start with the parameters as they are; null for few points. */
export function estimateCost(method: LayoutMethod, state: Readonly<State>, few = false): LayoutCost | null {
  const rows = pointCount(state);
  if (rows < MANY_POINTS) return null;
  const wanted = neighborsWanted(method, state, rows);
  const neighbors = few ? Math.min(wanted, FEW_NEIGHBORS) : wanted;
  const { runS, runSPerNeighbor, row, neighbor } = MEASURED[method];
  const scale = (rows / 1e6) ** GROWTH;
  return {
    rows,
    neighbors,
    startS: scale * SEARCH_S,
    runS: scale * (runS + runSPerNeighbor * neighbors),
    bytes: rows * (row + neighbor * neighbors),
  };
}

/** The parameter that makes a layout start with few neighbors. */
export function fewNeighbors(method: LayoutMethod): Partial<State> {
  return method === "tsne" ? { perplexity: FEW_NEIGHBORS / 3 } : { umapNeighbors: FEW_NEIGHBORS + 1 };
}

/** «1,000,000 points with 30 neighbors each: on two cores 80 s or more to find them and about 4 min for 750 iterations; …» */
export function costWords(method: LayoutMethod, { rows, neighbors, startS, runS, bytes }: LayoutCost): string {
  const end = method === "tsne" ? "750 iterations" : "all epochs";
  const each = `${formatCount(rows)} points with ${neighbors} neighbors each`;
  return `${each}: on two cores ${formatDuration(startS)} or more to find them and about ${formatDuration(runS)} for ${end}; ${formatBytes(bytes)} of memory in this page.`;
}

/** Rounded to what an estimate can say. */
function formatDuration(seconds: number): string {
  return seconds < 90 ? `${Math.max(10, Math.round(seconds / 10) * 10)} s` : `${Math.round(seconds / 60)} min`;
}
