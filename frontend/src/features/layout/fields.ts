/** t-SNE and UMAP: the parameters of the next start, and the current layout. */
import type { LayoutMethod } from "../../data/coordinates";
import { held, number, optionalName, type Part, whole } from "../../data/field";
import type { LayoutStatus } from "../../data/layout_status";

interface LayoutState {
  perplexity: number;
  /** 0: automatic. */
  learningRate: number;
  /** Factor on the attraction of neighbors in the first iterations. */
  exaggeration: number;
  seed: number;
  /** A column whose classes layouts keep together; null: none. */
  superviseBy: string | null;
  /** A value of that column, in the form used by filters, whose points count as unlabeled; null: none. */
  superviseWithout: string | null;
  /** Weight of the supervision, 0 to 1. */
  supervision: number;
  /** Including the point itself, as in umap-learn. */
  umapNeighbors: number;
  minDist: number;
  spread: number;
  /** 0: automatic. */
  epochs: number;
  /** The current layout, of either method. */
  layout: LayoutStatus | null;
  /** Number of the start that the pictures of the layouts are of; 0: before the first. Undo goes back by it. */
  layoutRun: number;
  /** The method of the last start, to which failures belong. */
  lastLayout: LayoutMethod | null;
}

/** Range of the control. A row has at most 300 neighbors in a graph, and t-SNE needs three times the perplexity. */
export const PERPLEXITY = { min: 2, max: 100 } as const;
const LEARNING_RATE = { min: 0, max: 100_000 } as const;
export const EXAGGERATION = { min: 1, max: 100 } as const;
export const SEED = { min: 0, max: 2 ** 31 - 1 } as const;
export const UMAP_NEIGHBORS = { min: 2, max: 200 } as const;
const MIN_DIST = { min: 0, max: 10 } as const;
const SPREAD = { min: 0.1, max: 10 } as const;
export const EPOCHS = { min: 0, max: 10_000 } as const;

export const LAYOUT: Part<LayoutState, LayoutActions, "graph" | "layout"> = {
  fields: {
    perplexity: number(30, PERPLEXITY.min, PERPLEXITY.max, "perplexity"),
    learningRate: number(0, LEARNING_RATE.min, LEARNING_RATE.max, "learning rate"),
    exaggeration: number(12, EXAGGERATION.min, EXAGGERATION.max, "exaggeration"),
    seed: whole(0, SEED.min, SEED.max, "seed"),
    superviseBy: optionalName("column of the supervision"),
    superviseWithout: optionalName("ignored value"),
    supervision: number(0.5, 0, 1, "strength of the supervision"),
    umapNeighbors: whole(15, UMAP_NEIGHBORS.min, UMAP_NEIGHBORS.max, "neighbors of UMAP"),
    minDist: number(0.1, MIN_DIST.min, MIN_DIST.max, "min. distance"),
    spread: number(1, SPREAD.min, SPREAD.max, "spread"),
    epochs: whole(0, EPOCHS.min, EPOCHS.max, "epochs"),
    layout: held(null),
    layoutRun: held(0),
    lastLayout: held(null),
  },
  /** The neighbor graph, which the server computes; and the layout's work before its first iteration. */
  tasks: ["graph", "layout"],
};

interface LayoutActions {
  /** Starts the layout of the current method anew, with the current parameters. */
  runLayout(): void;
  pauseLayout(): void;
  resumeLayout(): void;
  /** Ends it; the picture stays as it is. */
  stopLayout(): void;
  /** Displaces the points at random. */
  perturbLayout(): void;
  /** Run, pause or resume, depending on the current phase. */
  toggleLayout(): void;
}
