/**
 * Selects the part of the data that the camera frames: all of it, unless a few far points would squeeze the rest into a
 * dot. While a layout runs, the frame grows at once and shrinks slowly, so that nothing jumps.
 */

import { type Bounds, type Columns, computeBounds } from "./bounds";
import { inPieces } from "./pieces";
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
  const inside = positionsInside(columns, cores, count);
  return { bounds: computeBounds(inside, inside.x.length), outside: bounds.finite - inside.x.length };
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

/** The positions whose coordinates all lie within REACH cores. */
function positionsInside(columns: Columns, cores: readonly (readonly [number, number])[], count: number): Columns {
  const [lows, highs] = [new Float64Array(3), new Float64Array(3)];
  cores.forEach(([low, high], axis) => {
    const more = high > low ? ((REACH - 1) * (high - low)) / 2 : Number.MAX_VALUE;
    [lows[axis], highs[axis]] = [low - more, high + more];
  });
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  const inside = { x, y, z: columns.z && new Float32Array(count) };
  let kept = 0;
  inPieces(count, (start, end) => {
    kept = keepInside(columns, start, end, lows, highs, inside, kept);
  });
  return { x: x.subarray(0, kept), y: y.subarray(0, kept), z: inside.z?.subarray(0, kept) ?? null };
}

/** Appends those of these rows to the first `kept` of `inside`; returns the number of both. */
function keepInside(
  { x, y, z }: Columns,
  start: number,
  end: number,
  lows: Float64Array,
  highs: Float64Array,
  inside: Columns,
  kept: number,
): number {
  let next = kept;
  for (let row = start; row < end; row++) {
    const a = x[row]!;
    const b = y[row]!;
    const c = z ? z[row]! : 0;
    // Comparisons with NaN are false.
    if (!(a >= lows[0]! && a <= highs[0]! && b >= lows[1]! && b <= highs[1]! && c >= lows[2]! && c <= highs[2]!))
      continue;
    inside.x[next] = a;
    inside.y[next] = b;
    if (inside.z) inside.z[next] = c;
    next++;
  }
  return next;
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
