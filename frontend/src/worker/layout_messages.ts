/** Messages between the page and the layout worker. */
import type { Graph } from "../engine/layout";
import type { TsneOptions } from "../engine/tsne_options";
import type { UmapOptions } from "../engine/umap_options";

/** The graph to lay out, and the options. The graph's arrays are transferred: the page no longer has them. */
export type LayoutTask =
  | {
      readonly method: "tsne";
      readonly graph: Graph;
      readonly options: TsneOptions;
      /** The graph is not whole: after this iteration the layout waits for the whole one. */
      readonly holdAt?: number;
    }
  | { readonly method: "umap"; readonly graph: Graph; readonly options: UmapOptions };

export interface LayoutFrame {
  /** 1, 2, 3 and so on, without gaps. */
  readonly iteration: number;
  /** Planar: x… y… z…; NaN for rows without neighbors. Must be given back. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Iterations per second, smoothed over about the last second. */
  readonly perSecond: number;
  /** Measured every 25 iterations and when the layout ends; null in between, and if the method has none. */
  readonly klDivergence: number | null;
  /** The layout has ended by itself. */
  readonly isOver: boolean;
  /** Its KL divergence no longer falls: it has paused by itself. */
  readonly hasSettled: boolean;
}

export type ToWorker =
  | { kind: "start"; module: WebAssembly.Module; task: LayoutTask }
  /** Returns a buffer that the page no longer needs. */
  | { kind: "release"; positions: Float32Array<ArrayBuffer> }
  /** t-SNE only, while it runs. */
  | { kind: "set_rates"; learningRate: number | null; exaggeration: number; supervision: number }
  /** The whole graph, with which the layout goes on. */
  | { kind: "refine"; module: WebAssembly.Module; task: LayoutTask }
  /** There will be no other graph: it goes on with the one that it has. */
  | { kind: "settle_for_first" }
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "perturb" };

export type FromWorker =
  /** Fraction of the work before the first iteration, 0 to 1. */
  | { kind: "preparing"; share: number }
  | { kind: "frame"; frame: LayoutFrame }
  /** It waits for the whole graph after this iteration. */
  | { kind: "held"; iteration: number }
  /** It goes on with the whole graph. */
  | { kind: "refined" }
  /** The KL divergence at a pause. */
  | { kind: "rested"; klDivergence: number | null }
  /** The layout has failed and cannot continue; `fix` is the remedy, if known. */
  | { kind: "failed"; message: string; fix: string | null };
