/** Resolves the point under the pointer. */

import { ScreenIndex } from "../math/screen_index";
import type { ScreenProjection } from "../math/screen_projection";

interface Pointable {
  readonly count: number;
  readonly emphasis: Uint8Array | null;
  /** Diameter of each point as a multiple of `markPx`; null: all 1. */
  readonly sizes: Float32Array | null;
  /** Size of a point's mark, in CSS px. */
  readonly markPx: number;
  makeProjector(): ScreenProjection;
}

export interface At {
  readonly x: number;
  readonly y: number;
}

const PICK_PX = 6;
/** Maximum multiple of the usual size at which a point's whole disc can be hit; larger ones: only the middle. */
const MAX_PICK_SCALE = 3;
/** Ranks of plain, faded, neighbor and selected points: those drawn on top are picked first. */
const RANKS = [1, 0, 2, 3];

export class Pointing {
  hovered: number | null = null;
  #at: At | null = null;
  #isNew = false;
  #index: ScreenIndex | null = null;

  constructor(
    private readonly read: () => Pointable | null,
    private readonly onHover: (row: number | null, at: At) => void,
  ) {}

  /** Current position of the pointer; null: it has left. */
  move(at: At | null): void {
    this.#at = at;
    this.#isNew = true;
  }

  /** To be called when points have moved in the window. */
  invalidateIndex(): void {
    this.#index = null;
  }

  /** Clears hover while the scene moves under the pointer; it is resolved again at rest. */
  clearHover(): void {
    this.#isNew = true;
    this.#setHovered(null);
  }

  /** Hovers the row on behalf of another view, if it is visible. */
  hold(row: number | null, at: At | null): void {
    this.#at = at;
    this.#isNew = false;
    this.#setHovered(row);
    this.#at = null;
  }

  /** Resolves the point under the pointer if it may have changed. */
  updateHovered(): void {
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#setHovered(this.#at && this.pick(this.#at.x, this.#at.y));
  }

  #setHovered(row: number | null): void {
    if (row === this.hovered) return;
    this.hovered = row;
    this.onHover(row, this.#at ?? { x: 0, y: 0 });
  }

  pick(x: number, y: number): number | null {
    const points = this.read();
    if (points === null || points.count === 0) return null;
    this.#index ??= new ScreenIndex(points.makeProjector(), points.count);
    const { emphasis, sizes } = points;
    const usual = points.markPx / 2;
    const radius = {
      max: usual * (sizes === null ? 1 : MAX_PICK_SCALE),
      of: (row: number) => usual * (sizes?.[row] ?? 1),
    };
    return this.#index.pick(x, y, PICK_PX, radius, (row) => RANKS[emphasis?.[row] ?? 0] ?? 0);
  }
}
