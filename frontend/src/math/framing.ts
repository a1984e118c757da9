/**
 * Selects the part of the data that the camera frames: all of it, unless a few far points would squeeze the rest into a
 * dot. While a layout runs, the frame grows at once and shrinks slowly, so that nothing jumps.
 */

import { type Bounds, type Columns, computeBounds } from "./bounds";
import { followReach } from "./reach";
import { toVec } from "./vec3";

interface Frame {
  readonly bounds: Bounds;
  /** Number of positions outside of it. */
  readonly outside: number;
}

/** Minimum number of points for detecting outliers: below this every point is framed. */
const MIN_POINTS = 200;
const SAMPLED = 2_000;
/** Fraction cut from each end of an axis: the core holds the middle 99 %. */
const TAIL = 0.005;
/** Ratio of the data's extent to its core's beyond which there are outliers; the rest would be a dot of a few px. */
const MAX_EXTENT_RATIO = 60;
/** Extent of the frame relative to the core. */
const REACH = 3;

/** The frame of the first `count` rows, whose bounds are `bounds`. */
export function computeFrame(columns: Columns, count: number, bounds: Bounds): Frame {
  if (bounds.finite < MIN_POINTS) return { bounds, outside: 0 };
  const axes = columns.z === null ? [columns.x, columns.y] : [columns.x, columns.y, columns.z];
  const cores = axes.map((axis) => measureCore(axis, count));
  const hasOutliers = cores.some(([low, high], axis) => {
    const [half, middle] = [Math.max((high - low) / 2, 1e-30), (low + high) / 2];
    return Math.abs(bounds.middle[axis]! - middle) + bounds.half[axis]! > MAX_EXTENT_RATIO * half && high > low;
  });
  if (!hasOutliers) return { bounds, outside: 0 };
  const rows = rowsInside(axes, cores, count);
  return { bounds: computeBounds(columns, count, rows), outside: bounds.finite - rows.length };
}

/** Start and end of an axis's core, from a sample of its finite values; 0 and 0 if there are none. */
function measureCore(values: Float32Array, count: number): readonly [low: number, high: number] {
  const stride = Math.max(1, Math.floor(count / SAMPLED));
  const sample = new Float32Array(Math.ceil(count / stride));
  let length = 0;
  for (let row = 0; row < count; row += stride) if (Number.isFinite(values[row])) sample[length++] = values[row]!;
  const sorted = sample.subarray(0, length).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(TAIL), at(1 - TAIL)];
}

/** Rows whose coordinates all lie within REACH cores. */
function rowsInside(
  axes: readonly Float32Array[],
  cores: readonly (readonly [number, number])[],
  count: number,
): Uint32Array {
  let rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  axes.forEach((axis, at) => {
    const [low, high] = cores[at]!;
    const more = ((REACH - 1) * (high - low)) / 2;
    rows = high > low ? rowsWithin(axis, rows, low - more, high + more) : rowsWithin(axis, rows, -Infinity, Infinity);
  });
  return rows;
}

/** Those of `rows` with a value in this range, in their place. */
function rowsWithin(values: Float32Array, rows: Uint32Array<ArrayBuffer>, low: number, high: number) {
  let inside = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const value = values[row]!;
    if (value >= low && value <= high) rows[inside++] = row; // Comparisons with NaN are false.
  }
  return rows.subarray(0, inside);
}

/** From one frame of a running layout to the next: outward at once, inward by the fraction `t`. */
export function followBounds(old: Bounds, next: Bounds, t: number): Bounds {
  const ease = (a: number, b: number) => a + (b - a) * t;
  const lows = [0, 1, 2].map((axis) => {
    const low = next.middle[axis]! - next.half[axis]!;
    return Math.min(low, ease(old.middle[axis]! - old.half[axis]!, low));
  });
  const highs = [0, 1, 2].map((axis) => {
    const high = next.middle[axis]! + next.half[axis]!;
    return Math.max(high, ease(old.middle[axis]! + old.half[axis]!, high));
  });
  return {
    mean: toVec((axis) => ease(old.mean[axis]!, next.mean[axis]!)),
    middle: toVec((axis) => (lows[axis]! + highs[axis]!) / 2),
    half: toVec((axis) => (highs[axis]! - lows[axis]!) / 2),
    radius: Math.max(next.radius, ease(old.radius, next.radius)),
    across: followReach(old.across, next.across, t),
    up: followReach(old.up, next.up, t),
    finite: next.finite,
  };
}
