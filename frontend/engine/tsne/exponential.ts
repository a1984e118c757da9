/** exp(x) for x <= 0, for one number or four. The relative error is below 3e-7, the size of rounding to f32. */

const LOG2_E = <f32>Math.LOG2E;
/**
 * ln 2 in two parts, the first with few digits, so that the remainder of the division by it is exact (Cody and Waite).
 */
export const LN2_HIGH: f32 = 0.693359375;
export const LN2_LOW: f32 = -2.1219444e-4;
/** Exponent below which the result is 0: f32 has no smaller normal numbers. */
const MIN_EXPONENT: f32 = -87.0;

/** Taylor's coefficients of e^r for |r| <= ln 2 / 2, 1/6! down to 1. */
export function exponential(x: f32): f32 {
  if (x < MIN_EXPONENT) return 0;
  const n = nearest<f32>(x * LOG2_E);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let sum: f32 = 1.0 / 720.0;
  sum = sum * r + <f32>(1.0 / 120.0);
  sum = sum * r + <f32>(1.0 / 24.0);
  sum = sum * r + <f32>(1.0 / 6.0);
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * reinterpret<f32>((<i32>n + 127) << 23);
}

export function exponentialOfFour(x: v128): v128 {
  const isNormal = f32x4.ge(x, f32x4.splat(MIN_EXPONENT));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  const high = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let sum = f32x4.splat(1.0 / 720.0);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 120.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(sum, power), isNormal);
}
