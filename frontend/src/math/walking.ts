/** Moves from a point on the screen to the next one by scanning every point, which takes 20 ms for a million. */

import type { ScreenProjection } from "./screen_projection";

/** A position in the window, CSS px. */
export interface Vec2 {
  readonly x: number;
  readonly y: number;
}

/** Weight of a sideways px relative to one ahead: a point straight ahead wins over a slightly nearer one aside. */
const ASIDE = 2;

/**
 * The row nearest to `from` in the quarter of the screen around `direction` (a unit vector, y down), excluding `row`
 * itself; null if there is none. Points outside of the window are included.
 */
export function nextInDirection(
  projector: ScreenProjection,
  count: number,
  row: number,
  direction: Vec2,
): number | null {
  const { x: fromX, y: fromY, w } = projector.project(row);
  let [best, min] = [null as number | null, Infinity];
  if (!(w > 0)) return null;
  for (let other = 0; other < count; other++) {
    const at = projector.project(other);
    const [dx, dy] = [at.x - fromX, at.y - fromY];
    const ahead = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y - dy * direction.x);
    // Comparisons with NaN are false. Half a px: a point on top of this one lies in no direction from it.
    if (!(at.w > 0 && ahead > 0.5 && aside <= ahead) || other === row) continue;
    const cost = ahead + ASIDE * aside;
    if (cost < min) [best, min] = [other, cost];
  }
  return best;
}

/** The row whose visible point is nearest to a position; null if none is in the window. */
export function nearestTo(projector: ScreenProjection, count: number, { x, y }: Vec2): number | null {
  let [best, min] = [null as number | null, Infinity];
  for (let row = 0; row < count; row++) {
    const at = projector.project(row);
    const square = (at.x - x) ** 2 + (at.y - y) ** 2;
    if (at.seen && square < min) [best, min] = [row, square];
  }
  return best;
}
