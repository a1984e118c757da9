/**
 * How far the points reach in the home view. With perspective a nearer point is drawn farther out, so what a view must
 * hold is the largest |x| + t z, with a slope t that depends on the window. It is measured at a few slopes: it is a
 * convex function of t, so a straight line between two of them is never too small.
 */

/** In one direction of the window: the largest |offset| + t z at each of `SLOPES`, and the largest z. */
export interface Reach {
  readonly atSlopes: readonly [number, number, number, number];
  readonly toward: number;
}

/** Slopes at which a reach is measured: 0 to those of a window more than twice as wide as high. */
const SLOPES = [0, 0.2, 0.4, 0.8] as const;

export class ReachMeter {
  #none = 0;
  #small = 0;
  #middle = 0;
  #large = 0;
  #toward = 0;

  /** A point at `offset` from the middle, and `z` toward the eye. */
  add(offset: number, z: number): void {
    const away = Math.abs(offset);
    this.#none = Math.max(this.#none, away);
    this.#small = Math.max(this.#small, away + SLOPES[1] * z);
    this.#middle = Math.max(this.#middle, away + SLOPES[2] * z);
    this.#large = Math.max(this.#large, away + SLOPES[3] * z);
    this.#toward = Math.max(this.#toward, z);
  }

  get reach(): Reach {
    return { atSlopes: [this.#none, this.#small, this.#middle, this.#large], toward: this.#toward };
  }
}

/** Upper bound of |offset| + slope z over all points; exact at `SLOPES`. */
export function reachAt({ atSlopes, toward }: Reach, slope: number): number {
  const from = slope < SLOPES[1] ? 0 : slope < SLOPES[2] ? 1 : slope < SLOPES[3] ? 2 : 3;
  const beyond = slope - SLOPES[from]!;
  if (from === 3) return atSlopes[3] + beyond * toward;
  return atSlopes[from]! + (beyond / (SLOPES[from + 1]! - SLOPES[from]!)) * (atSlopes[from + 1]! - atSlopes[from]!);
}

/** From one reach to the next: outward at once, inward by the fraction `t`. */
export function followReach(old: Reach, next: Reach, t: number): Reach {
  const follow = (a: number, b: number) => Math.max(b, a + (b - a) * t);
  const at = (slope: number) => follow(old.atSlopes[slope]!, next.atSlopes[slope]!);
  return { atSlopes: [at(0), at(1), at(2), at(3)], toward: follow(old.toward, next.toward) };
}
