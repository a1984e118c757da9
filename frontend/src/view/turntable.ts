/** Rotates the scene slowly while the user does not touch it: angle since the last frame. */

import { wantsLessMotion } from "./tween";

/** Speed: one turn in half a minute, as in TensorBoard's built-in projector. */
const RADIANS_PER_MS = (2 * Math.PI) / 30_000;
/** Longest step: after a pause (a hidden page) it continues from where it stopped. */
const MAX_STEP_MS = 100;

export class Turntable {
  #last: number | null = null;

  /** Radians to turn by; 0 while stopped. */
  advance(now: number, isTurning: boolean): number {
    const before = this.#last;
    this.#last = isTurning && !wantsLessMotion() ? now : null;
    if (this.#last === null || before === null) return 0;
    return RADIANS_PER_MS * Math.min(MAX_STEP_MS, now - before);
  }
}
