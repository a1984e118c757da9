/** What the pointer is over. */

import type { Projector } from "../math/projector";
import { ScreenIndex } from "../math/screen_index";

export interface Pointable {
  readonly count: number;
  readonly emphasis: Uint8Array | null;
  /** How many times `markPx` each point has across; null: all have it. */
  readonly sizes: Float32Array | null;
  /** Of what marks a point, in CSS px. */
  readonly markPx: number;
  makeProjector(): Projector;
}

export interface At {
  readonly x: number;
  readonly y: number;
}

const PICK_PX = 6;
/** Points larger than this many times the usual are picked by their middle. */
const MOST_SIZE = 3;
/** What is drawn on top is picked first: by emphasis plain, faded, neighbor, selected. */
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

  /** The pointer is here now; null: it has left. */
  move(at: At | null): void {
    this.#at = at;
    this.#isNew = true;
  }

  /** The points are elsewhere in the window than they were. */
  forgetPlaces(): void {
    this.#index = null;
  }

  /** Nothing is hovered while the scene moves under the pointer; what lies there at rest is looked up again. */
  leave(): void {
    this.#isNew = true;
    this.#tell(null);
  }

  /** Somebody points at the row elsewhere; it is seen here, if it is. */
  hold(row: number | null, at: At | null): void {
    this.#at = at;
    this.#isNew = false;
    this.#tell(row);
    this.#at = null;
  }

  /** Looks what is there, if that may have changed. */
  look(): void {
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#tell(this.#at && this.pick(this.#at.x, this.#at.y));
  }

  #tell(row: number | null): void {
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
    const radius = { most: usual * (sizes === null ? 1 : MOST_SIZE), of: (row: number) => usual * (sizes?.[row] ?? 1) };
    return this.#index.pick(x, y, PICK_PX, radius, (row) => RANKS[emphasis?.[row] ?? 0] ?? 0);
  }
}
