/** Turns the scene slowly, as long as nobody touches it: how far since the last frame. */

import { wantsLessMotion } from "./tween";

/** Once around in half a minute, as TensorBoard's built-in projector does. */
const RADIANS_PER_MS = (2 * Math.PI) / 30_000;
/** After a pause (the page was hidden) it goes on from where it was. */
const LONGEST_MS = 100;

export class Turntable {
  #last: number | null = null;

  /** Radians to turn by; 0 while it stands still. */
  advance(now: number, isTurning: boolean): number {
    const before = this.#last;
    this.#last = isTurning && !wantsLessMotion() ? now : null;
    if (this.#last === null || before === null) return 0;
    return RADIANS_PER_MS * Math.min(LONGEST_MS, now - before);
  }
}
