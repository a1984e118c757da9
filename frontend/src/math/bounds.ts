/** Where the points lie: what the camera needs to know of them, in one reading of the columns. */

export type Vec3 = readonly [number, number, number];

/** Three columns of coordinates, a value a row; a row with NaN or infinity in any of them is no place. */
export interface Columns {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array | null;
}

export interface Bounds {
  /** Mean of all places: what a 3-D view turns around, so that one far point does not push the others to the rim. */
  readonly mean: Vec3;
  /** Middle and half extents of the box around all places: what a 2-D view fits. */
  readonly middle: Vec3;
  readonly half: Vec3;
  /** Radius around the mean that no place is outside of; above 0 even for one point. */
  readonly radius: number;
  /** Rows that are a place. */
  readonly finite: number;
}

export const EMPTY_BOUNDS: Bounds = { mean: [0, 0, 0], middle: [0, 0, 0], half: [1, 1, 1], radius: 1, finite: 0 };

/** Bounds of the first `count` rows, or of `rows` only. Sums are float64: a million places do not wash out the mean. */
export function computeBounds(columns: Columns, count: number, rows: ArrayLike<number> | null = null): Bounds {
  const length = rows ? rows.length : count;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const sum = [0, 0, 0];
  let finite = 0;
  const { x, y, z } = columns;
  let [x0, y0, z0, x1, y1, z1, sx, sy, sz] = [...low, ...high, ...sum] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < length; i++) {
    const row = rows ? (rows[i] as number) : i;
    const a = x[row] as number;
    const b = y[row] as number;
    const c = z ? (z[row] as number) : 0;
    // Infinity - Infinity and NaN - NaN are both NaN, so one test serves the three.
    if (a - a + (b - b) + (c - c) !== 0) continue;
    finite++;
    sx += a;
    sy += b;
    sz += c;
    if (a < x0) x0 = a;
    if (a > x1) x1 = a;
    if (b < y0) y0 = b;
    if (b > y1) y1 = b;
    if (c < z0) z0 = c;
    if (c > z1) z1 = c;
  }
  if (finite === 0) return EMPTY_BOUNDS;
  const mean: Vec3 = [sx / finite, sy / finite, sz / finite];
  const middle: Vec3 = [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2];
  const half: Vec3 = [(x1 - x0) / 2, (y1 - y0) / 2, (z1 - z0) / 2];
  const radius = computeRadius(columns, length, rows, mean);
  return radius > 0 ? { mean, middle, half, radius, finite } : { mean, middle, half: [1, 1, 1], radius: 1, finite };
}

function computeRadius(columns: Columns, length: number, rows: ArrayLike<number> | null, mean: Vec3): number {
  const { x, y, z } = columns;
  const [mx, my, mz] = mean;
  let most = 0;
  for (let i = 0; i < length; i++) {
    const row = rows ? (rows[i] as number) : i;
    const a = (x[row] as number) - mx;
    const b = (y[row] as number) - my;
    const c = (z ? (z[row] as number) : 0) - mz;
    const squared = a * a + b * b + c * c;
    // NaN compares false; infinity is no place.
    if (squared > most && squared !== Infinity) most = squared;
  }
  return Math.sqrt(most);
}
