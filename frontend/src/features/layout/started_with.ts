/** The fields of the state that a layout is started with, and which have changed since. */
import type { LayoutMethod } from "../../data/coordinates";
import { layoutOfPicture } from "../../state/derived";
import type { State } from "../../state/state";

const FOR_BOTH = ["dimensions", "metric", "spherize", "subset", "seed", "superviseBy", "superviseWithout"] as const;

/**
 * The fields that a layout is started with; later changes apply from the next start. A running t-SNE applies
 * `learningRate`, `exaggeration` and `supervision` at once.
 */
export const STARTED_WITH: Readonly<Record<LayoutMethod, readonly (keyof State)[]>> = {
  tsne: [...FOR_BOTH, "perplexity"],
  umap: [...FOR_BOTH, "supervision", "umapNeighbors", "minDist", "spread", "epochs"],
};

/** Fields that have changed since the start and only apply after a restart. */
export function changedSinceStart(state: Readonly<State>): (keyof State)[] {
  const layout = layoutOfPicture(state);
  if (layout === null) return [];
  return STARTED_WITH[layout.of].filter((name) => !Object.is(state[name], layout.startedWith[name]));
}
