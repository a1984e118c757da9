/**
 * ln x for normal x > 0, for one number or four; a finite number for 0. The absolute error is below 1e-7 where |ln x| <
 * 1, else the relative one, the size of rounding to f32.
 */

import { LN2_HIGH, LN2_LOW } from "./exponential";

/** The bits of the root of 1/2: x is split into 2^n m with m between this and twice as much. */
const HALF_ROOT: i32 = 0x3f3504f3;

/** ln m = 2 artanh s with s = (m - 1) / (m + 1), by Taylor's coefficients, 1/9 down to 1, for |s| <= 0.172. */
export function logarithm(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  const n = (bits - HALF_ROOT) >> 23;
  const m = reinterpret<f32>(bits - (n << 23));
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum: f32 = 1.0 / 9.0;
  sum = sum * square + <f32>(1.0 / 7.0);
  sum = sum * square + <f32>(1.0 / 5.0);
  sum = sum * square + <f32>(1.0 / 3.0);
  sum = sum * square + 1;
  return <f32>n * LN2_HIGH + (<f32>n * LN2_LOW + 2 * s * sum);
}

export function logarithmOfFour(x: v128): v128 {
  const n = i32x4.shr_s(i32x4.sub(x, i32x4.splat(HALF_ROOT)), 23);
  const m = i32x4.sub(x, i32x4.shl(n, 23));
  const s = f32x4.div(f32x4.sub(m, f32x4.splat(1)), f32x4.add(m, f32x4.splat(1)));
  const square = f32x4.mul(s, s);
  let sum = f32x4.splat(1.0 / 9.0);
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 7.0));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 5.0));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 3.0));
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1));
  const exponent = f32x4.convert_i32x4_s(n);
  const low = f32x4.add(f32x4.mul(exponent, f32x4.splat(LN2_LOW)), f32x4.mul(f32x4.add(s, s), sum));
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(LN2_HIGH)), low);
}
