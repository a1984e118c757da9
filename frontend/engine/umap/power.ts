/**
 * x^b as 2^(b log2 x), for x >= 0, to a relative error of 1.5e-4, far below the randomness of a step: minimax
 * polynomials, fitted to log2(1 + t) / t on [sqrt(1/2) - 1, sqrt(2) - 1] (7.3e-5) and to 2^f on [-1/2, 1/2] (7.6e-5).
 * It takes nearly half of an epoch's time; the standard library's power takes three times as long as everything else.
 * The scalar form does exactly the same operations, so that both builds give bit-identical layouts.
 */
const L0: f32 = 1.4426558017730713;
const L1: f32 = -0.720462441444397;
const L2: f32 = 0.48464831709861755;
const L3: f32 = -0.3924615979194641;
const L4: f32 = 0.2611698806285858;
const E0: f32 = 0.9999244809150696;
const E1: f32 = 0.6931053400039673;
const E2: f32 = 0.24263997375965118;
const E3: f32 = 0.05600585415959358;

/** The bits of sqrt(1/2): above it a number is assigned to the next power of two, so that t stays small. */
const HALF_ROOT = 0x3f3504f3;
const EXPONENT = 0xff800000;
/** Powers of two that a normal float32 can hold. */
const LARGEST: f32 = 126;

export function power(x: f32, b: f32): f32 {
  const bits = reinterpret<i32>(x);
  const exponent = (bits - HALF_ROOT) & EXPONENT;
  const t = reinterpret<f32>(bits - exponent) - 1;
  const log = (((L4 * t + L3) * t + L2) * t + L1) * t + L0;
  let y = (log * t + <f32>(exponent >> 23)) * b;
  y = y < -LARGEST ? -LARGEST : y;
  y = LARGEST < y ? LARGEST : y;
  const whole = nearest<f32>(y);
  const f = y - whole;
  const fraction = ((E3 * f + E2) * f + E1) * f + E0;
  return reinterpret<f32>(reinterpret<i32>(fraction) + ((<i32>whole) << 23));
}

export function powerOfFour(x: v128, b: v128): v128 {
  const exponent = v128.and(i32x4.sub(x, i32x4.splat(HALF_ROOT)), i32x4.splat(EXPONENT));
  const t = f32x4.sub(i32x4.sub(x, exponent), f32x4.splat(1));
  let log = f32x4.add(f32x4.mul(f32x4.splat(L4), t), f32x4.splat(L3));
  log = f32x4.add(f32x4.mul(log, t), f32x4.splat(L2));
  log = f32x4.add(f32x4.mul(log, t), f32x4.splat(L1));
  log = f32x4.add(f32x4.mul(log, t), f32x4.splat(L0));
  let y = f32x4.mul(f32x4.add(f32x4.mul(log, t), f32x4.convert_i32x4_s(i32x4.shr_s(exponent, 23))), b);
  y = f32x4.pmax(y, f32x4.splat(-LARGEST));
  y = f32x4.pmin(y, f32x4.splat(LARGEST));
  const whole = f32x4.nearest(y);
  const f = f32x4.sub(y, whole);
  let fraction = f32x4.add(f32x4.mul(f32x4.splat(E3), f), f32x4.splat(E2));
  fraction = f32x4.add(f32x4.mul(fraction, f), f32x4.splat(E1));
  fraction = f32x4.add(f32x4.mul(fraction, f), f32x4.splat(E0));
  return i32x4.add(fraction, i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23));
}
