/** Bounds of the points, as the camera needs them, computed in a few passes over the columns. */

import { computeDirections, HOME_AZIMUTH, HOME_ELEVATION } from "./directions";
import { gather } from "./gather";
import { inPieces } from "./pieces";
import { type Reach, SLOPES } from "./reach";
import { toVec, type Vec3 } from "./vec3";

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

/** Upper bound of the reach of a sphere of radius 1. */
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

/**
 * Bounds of the first `count` rows, or only of `rows`. These are gathered first: what measures them is compiled once, not
 * anew for every kind of list.
 */
export function computeBounds(columns: Columns, count: number, rows: ArrayLike<number> | null = null): Bounds {
  return rows === null ? boundsOf(columns, count) : boundsOf(gatherColumns(columns, rows), rows.length);
}

/** Whether the positions are at more than one place. */
export function hasExtent({ across }: Bounds): boolean {
  return across !== UNIT_REACH;
}

/** The coordinates of these rows. */
export function gatherColumns({ x, y, z }: Columns, rows: ArrayLike<number>): Columns {
  return { x: gather(x, rows), y: gather(y, rows), z: z && gather(z, rows) };
}

function boundsOf(columns: Columns, count: number): Bounds {
  const box = measureBox(columns, count);
  if (box.finite === 0) return EMPTY_BOUNDS;
  const extent = measureFrom(box.mean, columns, count);
  return extent.radius > 0
    ? { ...box, ...extent }
    : { ...EMPTY_BOUNDS, mean: box.mean, middle: box.middle, finite: box.finite };
}

/** Mean and bounding box. Sums are float64, so that the mean of a million positions stays accurate. */
function measureBox(columns: Columns, count: number) {
  const [lows, highs, sums] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  lows.fill(Infinity);
  highs.fill(-Infinity);
  let finite = 0;
  inPieces(count, (start, end) => {
    finite += extendBox(columns, start, end, lows, highs, sums);
  });
  const mean = toVec((axis) => sums[axis]! / finite);
  const middle = toVec((axis) => (lows[axis]! + highs[axis]!) / 2);
  const half = toVec((axis) => (highs[axis]! - lows[axis]!) / 2);
  return { mean, middle, half, finite };
}

/**
 * Returns the number of positions among these rows. All is kept in arrays: until such a loop is compiled, each number in a
 * variable would be an object of its own, 16 MB of them per frame of 100,000 points.
 */
function extendBox(
  { x, y, z }: Columns,
  start: number,
  end: number,
  lows: Float64Array,
  highs: Float64Array,
  sums: Float64Array,
): number {
  let finite = 0;
  for (let row = start; row < end; row++) {
    const a = x[row];
    const b = y[row];
    const c = z ? z[row] : 0;
    // Infinity - Infinity and NaN - NaN are both NaN, so one test serves the three.
    if (a - a + (b - b) + (c - c) !== 0) continue;
    finite++;
    sums[0] += a;
    sums[1] += b;
    sums[2] += c;
    if (a < lows[0]) lows[0] = a;
    if (a > highs[0]) highs[0] = a;
    if (b < lows[1]) lows[1] = b;
    if (b > highs[1]) highs[1] = b;
    if (c < lows[2]) lows[2] = c;
    if (c > highs[2]) highs[2] = c;
  }
  return finite;
}

/**
 * Extent of the positions from the mean: as a radius, and in the home view. Positions in a plane are seen from above,
 * and from the side only on the way there: that of their circle is enough, and measured in a third of the time.
 */
function measureFrom(mean: Vec3, columns: Columns, count: number) {
  const squared = new Float64Array(1);
  inPieces(count, (start, end) => extendRadius(mean, columns, start, end, squared));
  const radius = Math.sqrt(squared[0]!);
  if (columns.z === null) return { radius, across: reachOfSphere(radius), up: reachOfSphere(radius) };
  const [right, up, toward] = computeDirections(HOME_AZIMUTH, HOME_ELEVATION);
  const across = measureReach(mean, columns, count, right, toward);
  return { radius, across, up: measureReach(mean, columns, count, up, toward) };
}

function reachOfSphere(radius: number): Reach {
  const [a, b, c, d] = UNIT_REACH.atSlopes;
  return { atSlopes: [radius * a, radius * b, radius * c, radius * d], toward: radius * UNIT_REACH.toward };
}

function extendRadius(
  [mx, my, mz]: Vec3,
  { x, y, z }: Columns,
  start: number,
  end: number,
  largest: Float64Array,
): void {
  for (let row = start; row < end; row++) {
    const a = x[row] - mx;
    const b = y[row] - my;
    const c = (z ? z[row] : 0) - mz;
    const squared = a * a + b * b + c * c;
    if (squared > largest[0] && squared !== Infinity) largest[0] = squared; // False for NaN.
  }
}

/** In one direction of the home view. */
function measureReach(mean: Vec3, columns: Columns, count: number, axis: Vec3, toward: Vec3): Reach {
  const [reach, most] = [new Float64Array(4), new Float64Array(1)];
  inPieces(count, (start, end) => extendReach(mean, columns, start, end, axis, toward, reach, most));
  return { atSlopes: [reach[0]!, reach[1]!, reach[2]!, reach[3]!], toward: most[0]! };
}

function extendReach(
  [mx, my, mz]: Vec3,
  { x, y, z }: Columns,
  start: number,
  end: number,
  [ax, ay, az]: Vec3,
  [tx, ty, tz]: Vec3,
  reach: Float64Array,
  most: Float64Array,
): void {
  const [, smallSlope, middleSlope, largeSlope] = SLOPES;
  for (let row = start; row < end; row++) {
    const a = x[row] - mx;
    const b = y[row] - my;
    const c = (z ? z[row] : 0) - mz;
    const offset = Math.abs(ax * a + ay * b + az * c);
    const depth = tx * a + ty * b + tz * c;
    if (offset - offset + (depth - depth) !== 0) continue;
    if (offset > reach[0]) reach[0] = offset;
    if (offset + smallSlope * depth > reach[1]) reach[1] = offset + smallSlope * depth;
    if (offset + middleSlope * depth > reach[2]) reach[2] = offset + middleSlope * depth;
    if (offset + largeSlope * depth > reach[3]) reach[3] = offset + largeSlope * depth;
    if (depth > most[0]) most[0] = depth;
  }
}
