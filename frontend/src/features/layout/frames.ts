/** Copies layout frames into the store, at most one per animation frame; older pending frames are dropped. */

import { LAYOUT_NAMES, type LayoutMethod } from "../../data/coordinates";
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

/** The layout that the frames belong to. */
interface LayoutContext {
  readonly method: LayoutMethod;
  readonly dimensions: 2 | 3;
  readonly graph: Pick<NeighborGraph, "linkedRows" | "space">;
  readonly subset: Subset | null;
  /** Number of rows of the whole embedding. */
  readonly rows: number;
}

export class FrameThrottle {
  #context: LayoutContext | null = null;
  #pending: LayoutFrame | null = null;
  #current: LayoutFrame | null = null;
  #klDivergence: number | null = null;
  #lastStatusMs = 0;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param release takes positions that the page no longer uses. */
  constructor(
    private readonly store: Store,
    private readonly coordinates: MethodCoordinates,
    private readonly release: (positions: LayoutFrame["positions"]) => void,
  ) {}

  start(context: LayoutContext): void {
    this.forget();
    this.#context = context;
  }

  /** Accepts the newest frame. */
  push(frame: LayoutFrame): void {
    this.#klDivergence = frame.klDivergence ?? this.#klDivergence;
    if (this.#pending !== null) this.release(this.#pending.positions);
    this.#pending = frame;
    if (frame.isOver) this.flush();
    else this.#scheduleFlush();
  }

  /** The numbers of the frame in the picture: those in the state may be older. */
  get numbers(): Partial<LayoutStatus> {
    if (this.#current === null) return {};
    const { iteration, perSecond } = this.#current;
    return { iteration, perSecond, klDivergence: this.#klDivergence };
  }

  /** Copies the newest frame into the state now. */
  flush(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    const [frame, old, context] = [this.#pending, this.#current, this.#context];
    if (frame === null || context === null) return;
    this.#pending = null;
    this.#current = frame;
    this.coordinates.put(makeCoordinates(frame, context), this.#status(frame));
    if (old !== null) this.release(old.positions); // The picture has newer ones only now.
  }

  /** Drops pending frames; the state keeps the current one. */
  forget(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#pending = this.#current = null;
    this.#klDivergence = null;
  }

  #scheduleFlush(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.flush());
    this.#timer = setTimeout(() => this.flush(), UNSEEN_MS);
  }

  /** The layout's status, if an update is due. */
  #status({ isOver }: LayoutFrame): { layout?: LayoutStatus } {
    const { layout } = this.store.state;
    if (layout === null) return {};
    const now = performance.now();
    const phase = isOver ? "ended" : layout.phase === "preparing" ? "running" : layout.phase;
    if (phase === layout.phase && now - this.#lastStatusMs < STATUS_MS) return {};
    this.#lastStatusMs = now;
    return { layout: { ...layout, phase, ...this.numbers } };
  }
}

function makeCoordinates(
  { positions, iteration }: LayoutFrame,
  { method, dimensions, graph, subset, rows }: LayoutContext,
) {
  const count = positions.length / dimensions;
  const column = (axis: number) => spreadColumn(positions.subarray(axis * count, (axis + 1) * count), subset, rows);
  return {
    method,
    ...{ x: column(0), y: column(1), z: dimensions === 3 ? column(2) : null },
    ...{ rows, finiteRows: graph.linkedRows, space: graph.space, subset, iteration },
    axisNames: Array.from({ length: dimensions }, (_, axis) => `${LAYOUT_NAMES[method]} ${axis + 1}`),
  };
}
