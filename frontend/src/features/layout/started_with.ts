/** Which fields of the state a layout is started with, and which of them have changed since. */
import type { LayoutMethod } from "../../data/coordinates";
import type { State } from "../../state/state";

const FOR_BOTH = ["dimensions", "metric", "spherize", "subset", "seed", "superviseBy", "supervision"] as const;

/**
 * The fields that a layout is started with; one that changes later holds from the next start on. A running t-SNE heeds
 * `learningRate` and `exaggeration` at once.
 */
export const STARTED_WITH: Readonly<Record<LayoutMethod, readonly (keyof State)[]>> = {
  tsne: [...FOR_BOTH, "perplexity"],
  umap: [...FOR_BOTH, "umapNeighbors", "minDist", "spread", "epochs"],
};

/** The fields that were changed since the layout started and that it does not heed before a restart. */
export function changedSinceStart(state: Readonly<State>): (keyof State)[] {
  const { layout } = state;
  if (layout === null) return [];
  return STARTED_WITH[layout.of].filter((name) => !Object.is(state[name], layout.startedWith[name]));
}
