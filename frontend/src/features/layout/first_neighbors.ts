/**
 * t-SNE of many points starts with a few neighbors of each, while the server looks for the others: the early exaggeration
 * runs with these, and the rest with all. Its KL divergence ends no more than 1 % above that of a layout which has waited
 * for all of them (docs/benchmarks.md).
 */
import type { LayoutMethod } from "../../data/coordinates";
import type { State } from "../../state/state";
import { neighborsWanted } from "./settings";

const FIRST_NEIGHBORS = 15;
/** Minimum ratio of all neighbors to the first: to look for nearly all twice would only take longer. */
const MIN_RATIO = 3;
/** Number of rows from which it is worth a second search: that of 10,000 takes about a second. */
const MANY_ROWS = 20_000;

/** The number of neighbors of each row to start with; null: all of them. */
export function firstNeighbors(method: LayoutMethod, state: Readonly<State>, rows: number): number | null {
  if (method !== "tsne" || rows < MANY_ROWS) return null;
  return neighborsWanted(method, state, rows) >= MIN_RATIO * FIRST_NEIGHBORS ? FIRST_NEIGHBORS : null;
}
