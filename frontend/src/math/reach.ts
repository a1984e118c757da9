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
export const SLOPES = [0, 0.2, 0.4, 0.8] as const;

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
