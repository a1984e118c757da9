/** Keeps the picture still while it is saved: what arrives meanwhile waits. */

import type { Columns } from "../math/bounds";
import type { Frames } from "./frames";
import type { Marking } from "./marking";
import type { PictureProps } from "./picture_props";
import type { Scenery } from "./scenery";
import type { Stage } from "./stage";
import type { Still } from "./still_picture";
import type { Theme } from "./theme";

interface StillnessParts {
  readonly stage: Stage;
  readonly scenery: Scenery;
  readonly frames: Frames;
  readonly marking: Marking;
  readTheme(): Theme;
  readProps(): PictureProps;
  /** Draws from copies of the positions from now on. */
  setPositions(positions: Columns): void;
  set(change: Partial<PictureProps>): void;
}

export class Stillness {
  /** Props that arrived meanwhile; null: the picture is not kept still. */
  #waiting: Partial<PictureProps> | null = null;

  constructor(private readonly parts: StillnessParts) {}

  get isKept(): boolean {
    return this.#waiting !== null;
  }

  /** False if it need not wait. */
  defer(change: Partial<PictureProps>): boolean {
    if (this.#waiting === null) return false;
    this.#waiting = { ...this.#waiting, ...change };
    return true;
  }

  async keepWhile<T>(draw: (still: Still) => Promise<T>): Promise<T | null> {
    const { frames } = this.parts;
    this.#begin();
    frames.invalidate("view");
    try {
      while (!frames.isComplete && frames.isDrawing) await nextFrame();
      const still = frames.isComplete ? this.#takeStill() : null;
      return still && (await draw(still));
    } finally {
      this.#end();
    }
  }

  /** A running layout reuses its buffers while the picture is drawn: hence the copy. */
  #begin(): void {
    this.#waiting = {};
    const { positions, isLayout } = this.parts.readProps();
    if (isLayout) this.parts.setPositions(copyColumns(positions));
  }

  #end(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) this.parts.set(waiting);
    this.parts.frames.present(); // It may turn again.
  }

  #takeStill(): Still | null {
    const { stage, scenery, frames, marking } = this.parts;
    const { renderer, width, height } = stage;
    if (renderer === null || frames.painter === null) return null;
    const [props, theme, now] = [this.parts.readProps(), this.parts.readTheme(), performance.now()] as const;
    const [view, sight] = [scenery.computeView(now, theme), scenery.computeSight(now)] as const;
    const { passes } = frames.painter;
    return { renderer, view, passes, props, sight, theme, sheet: marking.labelSheet, width, height };
  }
}

function nextFrame(): Promise<number> {
  return new Promise(requestAnimationFrame);
}

function copyColumns({ x, y, z }: Columns): Columns {
  return { x: x.slice(), y: y.slice(), z: z?.slice() ?? null };
}
