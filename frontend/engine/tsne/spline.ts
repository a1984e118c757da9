/**
 * Quintic B-splines: the weights of the six nodes around a position at t, 0 to 1, after the third of them, and their
 * slopes in t (de Boor 2001, chapter IX). Eight items each, of which the last two are 0: two packets of four.
 */

/** Number of nodes on which a position has weight, in one direction. */
export const SPLINE_NODES: u32 = 6;
/** The position lies between this node, counted from 0, and the next. */
export const SPLINE_MIDDLE: u32 = 2;

/** Coefficients of the powers of t, the highest first, times 120: one row per power. */
// biome-ignore format: a table.
const COEFFICIENTS = memory.data<f32>([
  -1, 5, -10, 10, -5, 1, 0, 0,
  5, -20, 30, -20, 5, 0, 0, 0,
  -10, 20, 0, -20, 10, 0, 0, 0,
  10, 20, -60, 20, 10, 0, 0, 0,
  -5, -50, 0, 50, 5, 0, 0, 0,
  1, 26, 66, 26, 1, 0, 0, 0,
], 16);
const DEGREE: usize = 5;
const ITEMS: usize = 8;
const ROW_BYTES: usize = ITEMS << 2;
const SCALE: f32 = 1.0 / 120;

/** Weights, then slopes, as computed by `spline`, for each of the two directions. */
export const weightsX = memory.data(4 * <i32>ROW_BYTES, 16);
export const weightsY = weightsX + 2 * ROW_BYTES;
export const slopesX = weightsX + ROW_BYTES;
export const slopesY = weightsY + ROW_BYTES;

/** Writes weights to `weights` and slopes after them (Horner's rule, for a polynomial and its derivative at once). */
export function spline(t: f32, weights: usize): void {
  if (ASC_FEATURE_SIMD) {
    packet(t, COEFFICIENTS, weights);
    packet(t, COEFFICIENTS + 16, weights + 16);
    return;
  }
  for (let item: usize = 0; item < ROW_BYTES; item += 4) {
    let weight = load<f32>(COEFFICIENTS + item);
    let slope: f32 = 0;
    for (let power: usize = 1; power <= DEGREE; ++power) {
      slope = slope * t + weight;
      weight = weight * t + load<f32>(COEFFICIENTS + power * ROW_BYTES + item);
    }
    store<f32>(weights + item, weight * SCALE);
    store<f32>(weights + ROW_BYTES + item, slope * SCALE);
  }
}

function packet(t: f32, coefficients: usize, weights: usize): void {
  const at = f32x4.splat(t);
  const scale = f32x4.splat(SCALE);
  let weight = v128.load(coefficients);
  let slope = f32x4.splat(0);
  for (let power: usize = 1; power <= DEGREE; ++power) {
    slope = f32x4.add(f32x4.mul(slope, at), weight);
    weight = f32x4.add(f32x4.mul(weight, at), v128.load(coefficients + power * ROW_BYTES));
  }
  v128.store(weights, f32x4.mul(weight, scale));
  v128.store(weights + ROW_BYTES, f32x4.mul(slope, scale));
}
