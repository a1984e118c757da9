/** Copies layout frames into the store, at most one per animation frame; older pending frames are dropped. */

import type { LayoutMethod } from "../../data/coordinates";
import type { NeighborGraph } from "../../data/graph";
import type { LayoutStatus } from "../../data/layout_status";
import { type Subset, spreadColumn } from "../../data/space";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { Store } from "../../state/store";
import type { LayoutFrame } from "../../worker/layouts";

/** Minimum interval between status updates: faster numbers cannot be read. */
const STATUS_MS = 200;
/** Interval of updates while the page is hidden: it gets no animation frames, but its layout continues. */
const UNSEEN_MS = 500;
const AXIS_NAMES: Record<LayoutMethod, string> = { tsne: "t-SNE", umap: "UMAP" };

/** What the frames belong to. */
export interface Laid {
  readonly method: LayoutMethod;
  readonly dimensions: 2 | 3;
  readonly graph: Pick<NeighborGraph, "linkedRows" | "space">;
  readonly subset: Subset | null;
  /** Number of rows of the whole embedding. */
  readonly rows: number;
}

export class FrameTaking {
  #laid: Laid | null = null;
  #waiting: LayoutFrame | null = null;
  #taken: LayoutFrame | null = null;
  #klDivergence: number | null = null;
  #lastStatusMs = 0;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param giveBack takes positions that the page no longer uses. */
  constructor(
    private readonly store: Store,
    private readonly coordinates: MethodCoordinates,
    private readonly giveBack: (positions: LayoutFrame["positions"]) => void,
  ) {}

  start(laid: Laid): void {
    this.forget();
    this.#laid = laid;
  }

  /** Accepts the newest frame. */
  offer(frame: LayoutFrame): void {
    this.#klDivergence = frame.klDivergence ?? this.#klDivergence;
    if (this.#waiting !== null) this.giveBack(this.#waiting.positions);
    this.#waiting = frame;
    if (frame.isOver) this.take();
    else this.#takeSoon();
  }

  /** Copies the newest frame into the state now. */
  take(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    const [frame, old, laid] = [this.#waiting, this.#taken, this.#laid];
    if (frame === null || laid === null) return;
    this.#waiting = null;
    this.#taken = frame;
    this.coordinates.put(makeCoordinates(frame, laid), this.#status(frame));
    if (old !== null) this.giveBack(old.positions); // The picture has newer ones only now.
  }

  /** Drops pending frames; the state keeps the current one. */
  forget(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#waiting = this.#taken = null;
    this.#klDivergence = null;
  }

  #takeSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.take());
    this.#timer = setTimeout(() => this.take(), UNSEEN_MS);
  }

  /** The layout's status, if an update is due. */
  #status({ iteration, perSecond, isOver }: LayoutFrame): { layout?: LayoutStatus } {
    const { layout } = this.store.state;
    if (layout === null) return {};
    const now = performance.now();
    const phase = isOver ? "ended" : layout.phase === "preparing" ? "running" : layout.phase;
    if (phase === layout.phase && now - this.#lastStatusMs < STATUS_MS) return {};
    this.#lastStatusMs = now;
    return { layout: { ...layout, phase, iteration, perSecond, klDivergence: this.#klDivergence } };
  }
}

function makeCoordinates({ positions, iteration }: LayoutFrame, { method, dimensions, graph, subset, rows }: Laid) {
  const count = positions.length / dimensions;
  const column = (axis: number) => spreadColumn(positions.subarray(axis * count, (axis + 1) * count), subset, rows);
  return {
    method,
    ...{ x: column(0), y: column(1), z: dimensions === 3 ? column(2) : null },
    ...{ rows, finiteRows: graph.linkedRows, space: graph.space, subset, iteration },
    axisNames: Array.from({ length: dimensions }, (_, axis) => `${AXIS_NAMES[method]} ${axis + 1}`),
  };
}
