/** t-SNE and UMAP: the parameters that the next start takes, and the layout that is there. */
import { type Fields, held, number, optionalName, whole } from "../../data/field";
import type { LayoutStatus } from "../../data/layout_status";

export interface LayoutState {
  perplexity: number;
  /** 0: automatic. */
  learningRate: number;
  /** How much stronger neighbors attract at first. */
  exaggeration: number;
  seed: number;
  /** A column that layouts keep the classes of together; null: none. */
  superviseBy: string | null;
  /** How much it counts, 0 to 1. */
  supervision: number;
  /** The point itself counted, as umap-learn does. */
  umapNeighbors: number;
  minDist: number;
  spread: number;
  /** 0: automatic. */
  epochs: number;
  /** The layout that is there, whichever method is shown. */
  layout: LayoutStatus | null;
}

/** As the controls' ends. A row has at most 300 neighbors in a graph, of which t-SNE wants three times the perplexity. */
export const PERPLEXITY = { least: 2, most: 100 } as const;
const LEARNING_RATE = { least: 0, most: 100_000 } as const;
export const EXAGGERATION = { least: 1, most: 100 } as const;
export const SEED = { least: 0, most: 2 ** 31 - 1 } as const;
export const UMAP_NEIGHBORS = { least: 2, most: 200 } as const;
const MIN_DIST = { least: 0, most: 10 } as const;
const SPREAD = { least: 0.1, most: 10 } as const;
export const EPOCHS = { least: 0, most: 10_000 } as const;

export const LAYOUT_FIELDS: Fields<LayoutState> = {
  perplexity: number(30, PERPLEXITY.least, PERPLEXITY.most),
  learningRate: number(0, LEARNING_RATE.least, LEARNING_RATE.most),
  exaggeration: number(12, EXAGGERATION.least, EXAGGERATION.most),
  seed: whole(0, SEED.least, SEED.most),
  superviseBy: optionalName(),
  supervision: number(0.5, 0, 1),
  umapNeighbors: whole(15, UMAP_NEIGHBORS.least, UMAP_NEIGHBORS.most),
  minDist: number(0.1, MIN_DIST.least, MIN_DIST.most),
  spread: number(1, SPREAD.least, SPREAD.most),
  epochs: whole(0, EPOCHS.least, EPOCHS.most),
  layout: held(null),
};

/** The neighbor graph, which the server computes; and the layout's own work before its first iteration. */
export const LAYOUT_TASKS = ["graph", "layout"] as const;

export interface LayoutActions {
  /** Starts the layout of the method shown, from the start, with the parameters as they are now. */
  runLayout(): void;
  pauseLayout(): void;
  resumeLayout(): void;
  /** Ends it; the picture stays as it is. */
  stopLayout(): void;
  /** Shakes the points out of their places. */
  perturbLayout(): void;
  /** Run, pause or resume, whichever is next. */
  toggleLayout(): void;
}
