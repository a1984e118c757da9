/** A value in transition to another. */

import { easeInOut } from "../math/easing";

export class Tween {
  constructor(
    private readonly start: number,
    private readonly durationMs: number,
  ) {}

  /** Eased, 0 to 1. */
  at(now: number): number {
    return easeInOut(Math.min(1, Math.max(0, (now - this.start) / this.durationMs)));
  }

  isOver(now: number): boolean {
    return now >= this.start + this.durationMs;
  }
}

export function wantsLessMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
