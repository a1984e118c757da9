/** Bounds of the points, as the camera needs them, computed in two passes over the columns. */

import { computeDirections, HOME_AZIMUTH, HOME_ELEVATION } from "./directions";
import { type Reach, ReachMeter } from "./reach";
import type { Vec3 } from "./vec3";

/** Three columns of coordinates, one value per row; a row with NaN or infinity in any of them has no position. */
export interface Columns {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array | null;
}

export interface Bounds {
  /** Mean of all positions: the pivot of a 3-D view, so that one far point does not push the others to the rim. */
  readonly mean: Vec3;
  /** Middle and half extents of the bounding box: what a 2-D view fits. */
  readonly middle: Vec3;
  readonly half: Vec3;
  /** Largest distance of a position from the mean; above 0 even for one point. */
  readonly radius: number;
  /** How far the positions reach from the mean in the home view. */
  readonly across: Reach;
  readonly up: Reach;
  /** Number of rows with finite coordinates. */
  readonly finite: number;
}

/** The reach of a sphere of radius 1 is never larger. */
const UNIT_REACH: Reach = { atSlopes: [1, 1.02, 1.08, 1.29], toward: 1 };

export const EMPTY_BOUNDS: Bounds = {
  mean: [0, 0, 0],
  middle: [0, 0, 0],
  half: [1, 1, 1],
  radius: 1,
  across: UNIT_REACH,
  up: UNIT_REACH,
  finite: 0,
};

/** Bounds of the first `count` rows, or only of `rows`. */
export function computeBounds(columns: Columns, count: number, rows: ArrayLike<number> | null = null): Bounds {
  const length = rows ? rows.length : count;
  const box = measureBox(columns, length, rows);
  if (box.finite === 0) return EMPTY_BOUNDS;
  const extent = measureFrom(box.mean, columns, length, rows);
  return extent.radius > 0
    ? { ...box, ...extent }
    : { ...EMPTY_BOUNDS, mean: box.mean, middle: box.middle, finite: box.finite };
}

/** Sums are float64, so that the mean of a million positions stays accurate. */
function measureBox({ x, y, z }: Columns, length: number, rows: ArrayLike<number> | null) {
  let [x0, y0, z0] = [Infinity, Infinity, Infinity];
  let [x1, y1, z1] = [-Infinity, -Infinity, -Infinity];
  let [sumX, sumY, sumZ, finite] = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const row = rows ? rows[i] : i;
    const a = x[row];
    const b = y[row];
    const c = z ? z[row] : 0;
    // Infinity - Infinity and NaN - NaN are both NaN, so one test serves the three.
    if (a - a + (b - b) + (c - c) !== 0) continue;
    finite++;
    sumX += a;
    sumY += b;
    sumZ += c;
    if (a < x0) x0 = a;
    if (a > x1) x1 = a;
    if (b < y0) y0 = b;
    if (b > y1) y1 = b;
    if (c < z0) z0 = c;
    if (c > z1) z1 = c;
  }
  const mean: Vec3 = [sumX / finite, sumY / finite, sumZ / finite];
  const middle: Vec3 = [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2];
  const half: Vec3 = [(x1 - x0) / 2, (y1 - y0) / 2, (z1 - z0) / 2];
  return { mean, middle, half, finite };
}

/** Extent of the positions from the mean: as a radius, and in the home view. */
function measureFrom(mean: Vec3, { x, y, z }: Columns, length: number, rows: ArrayLike<number> | null) {
  const [right, up, toward] = computeDirections(HOME_AZIMUTH, HOME_ELEVATION);
  const [mx, my, mz] = mean;
  const [rightX, , rightZ] = right;
  const [upX, upY, upZ] = up;
  const [towardX, towardY, towardZ] = toward;
  const [across, upward] = [new ReachMeter(), new ReachMeter()];
  let max = 0;
  for (let i = 0; i < length; i++) {
    const row = rows ? rows[i] : i;
    const a = x[row] - mx;
    const b = y[row] - my;
    const c = (z ? z[row] : 0) - mz;
    const squared = a * a + b * b + c * c;
    if (squared - squared !== 0) continue;
    if (squared > max) max = squared;
    const depth = towardX * a + towardY * b + towardZ * c;
    across.add(rightX * a + rightZ * c, depth);
    upward.add(upX * a + upY * b + upZ * c, depth);
  }
  return { radius: Math.sqrt(max), across: across.reach, up: upward.reach };
}
