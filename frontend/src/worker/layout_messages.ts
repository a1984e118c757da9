/** What the page and the layout worker say to each other. */
import type { Graph } from "../engine/layout";
import type { TsneOptions } from "../engine/tsne_options";
import type { UmapOptions } from "../engine/umap_options";

/** What to lay out, and how. The graph's arrays are handed over: the page has them no longer. */
export type LayoutTask =
  | { readonly method: "tsne"; readonly graph: Graph; readonly options: TsneOptions }
  | { readonly method: "umap"; readonly graph: Graph; readonly options: UmapOptions };

export interface LayoutFrame {
  /** 1, 2, 3 and so on, without a gap. */
  readonly iteration: number;
  /** Planar: x… y… z…; NaN for rows without neighbors. To be given back. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Iterations per second, smoothed over about the last second. */
  readonly perSecond: number;
  /** Measured every 25 iterations and when the layout ends; null in between, and where the method has none. */
  readonly klDivergence: number | null;
  /** The layout has ended by itself. */
  readonly isOver: boolean;
}

export type ToWorker =
  | { kind: "start"; module: WebAssembly.Module; task: LayoutTask }
  /** A buffer that the page has done with. */
  | { kind: "give_back"; positions: Float32Array<ArrayBuffer> }
  /** Of t-SNE, while it runs. */
  | { kind: "set_rates"; learningRate: number | null; exaggeration: number }
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "perturb" };

export type FromWorker =
  /** The share, 0 to 1, of the work before the first iteration. */
  | { kind: "preparing"; share: number }
  | { kind: "frame"; frame: LayoutFrame }
  /** The KL divergence at a pause. */
  | { kind: "rested"; klDivergence: number | null }
  /** It cannot go on. `cause` is the error's name, which tells a mistake in what was asked for from a want of memory. */
  | { kind: "failed"; message: string; fix: string | null };
