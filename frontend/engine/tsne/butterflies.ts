/**
 * Butterflies of Fourier transforms, on LANES sequences at once: items x0, x1, …, or y0, y1, … are at `re` and `im`,
 * `q` bytes apart; c + i s is the twiddle factor w. Inverses are not normalized: results are scaled by the number of
 * items. Those of four items are in `radix_four.ts`.
 */

export const LANES: u32 = 16;
/** Size of one item of all sequences, for the real or the imaginary part. */
export const ROW_BYTES: usize = (<usize>LANES) << 2;

/** y0 = x0 + x1, y1 = (x0 - x1) w. */
export function forwardTwo(re: usize, im: usize, q: usize, c: f32, s: f32): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) {
      const r0 = v128.load(re);
      const i0 = v128.load(im);
      const r1 = v128.load(re + q);
      const i1 = v128.load(im + q);
      v128.store(re, f32x4.add(r0, r1));
      v128.store(im, f32x4.add(i0, i1));
      storeProduct(re + q, im + q, f32x4.sub(r0, r1), f32x4.sub(i0, i1), c, s);
    }
    return;
  }
  for (const end = re + ROW_BYTES; re < end; re += 4, im += 4) {
    const r0 = load<f32>(re);
    const i0 = load<f32>(im);
    const r1 = load<f32>(re + q);
    const i1 = load<f32>(im + q);
    store<f32>(re, r0 + r1);
    store<f32>(im, i0 + i1);
    storeProductOfOne(re + q, im + q, r0 - r1, i0 - i1, c, s);
  }
}

/** The inverse; the factor is conjugated. */
export function backwardTwo(re: usize, im: usize, q: usize, c: f32, s: f32): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) {
      const r0 = v128.load(re);
      const i0 = v128.load(im);
      const r1 = realProduct(re + q, im + q, c, s);
      const i1 = imaginaryProduct(re + q, im + q, c, s);
      v128.store(re, f32x4.add(r0, r1));
      v128.store(im, f32x4.add(i0, i1));
      v128.store(re + q, f32x4.sub(r0, r1));
      v128.store(im + q, f32x4.sub(i0, i1));
    }
    return;
  }
  for (const end = re + ROW_BYTES; re < end; re += 4, im += 4) {
    const r0 = load<f32>(re);
    const i0 = load<f32>(im);
    storeProductOfOne(re + q, im + q, load<f32>(re + q), load<f32>(im + q), c, s);
    store<f32>(re, r0 + load<f32>(re + q));
    store<f32>(im, i0 + load<f32>(im + q));
    store<f32>(re + q, r0 - load<f32>(re + q));
    store<f32>(im + q, i0 - load<f32>(im + q));
  }
}

/** sin of 2 pi / 3. */
const SINE: f32 = 0.8660254037844386;

/** y0 = x0 + x1 + x2, y1 and y2 = x0 - (x1 + x2) / 2 -+ i sin(2 pi / 3) (x1 - x2). Last pass: no twiddles. */
export function forwardThree(re: usize, im: usize): void {
  three(re, im, SINE);
}

/** The inverse. */
export function backwardThree(re: usize, im: usize): void {
  three(re, im, -SINE);
}

function three(re: usize, im: usize, sine: f32): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) threeLanes(re, im, sine);
    return;
  }
  for (const end = re + ROW_BYTES; re < end; re += 4, im += 4) {
    const sumR = load<f32>(re + ROW_BYTES) + load<f32>(re + 2 * ROW_BYTES);
    const sumI = load<f32>(im + ROW_BYTES) + load<f32>(im + 2 * ROW_BYTES);
    const turnedR = sine * (load<f32>(im + ROW_BYTES) - load<f32>(im + 2 * ROW_BYTES));
    const turnedI = sine * (load<f32>(re + 2 * ROW_BYTES) - load<f32>(re + ROW_BYTES));
    const restR = load<f32>(re) - <f32>0.5 * sumR;
    const restI = load<f32>(im) - <f32>0.5 * sumI;
    store<f32>(re, load<f32>(re) + sumR);
    store<f32>(im, load<f32>(im) + sumI);
    store<f32>(re + ROW_BYTES, restR + turnedR);
    store<f32>(im + ROW_BYTES, restI + turnedI);
    store<f32>(re + 2 * ROW_BYTES, restR - turnedR);
    store<f32>(im + 2 * ROW_BYTES, restI - turnedI);
  }
}

function threeLanes(re: usize, im: usize, sine: f32): void {
  const r0 = v128.load(re);
  const r1 = v128.load(re + ROW_BYTES);
  const r2 = v128.load(re + 2 * ROW_BYTES);
  const i0 = v128.load(im);
  const i1 = v128.load(im + ROW_BYTES);
  const i2 = v128.load(im + 2 * ROW_BYTES);
  const half = f32x4.splat(0.5);
  const scale = f32x4.splat(sine);
  const sumR = f32x4.add(r1, r2);
  const sumI = f32x4.add(i1, i2);
  const turnedR = f32x4.mul(scale, f32x4.sub(i1, i2));
  const turnedI = f32x4.mul(scale, f32x4.sub(r2, r1));
  const restR = f32x4.sub(r0, f32x4.mul(half, sumR));
  const restI = f32x4.sub(i0, f32x4.mul(half, sumI));
  v128.store(re, f32x4.add(r0, sumR));
  v128.store(im, f32x4.add(i0, sumI));
  v128.store(re + ROW_BYTES, f32x4.add(restR, turnedR));
  v128.store(im + ROW_BYTES, f32x4.add(restI, turnedI));
  v128.store(re + 2 * ROW_BYTES, f32x4.sub(restR, turnedR));
  v128.store(im + 2 * ROW_BYTES, f32x4.sub(restI, turnedI));
}

/** Stores a complex number multiplied by c + i s. */
export function storeProduct(re: usize, im: usize, real: v128, imaginary: v128, c: f32, s: f32): void {
  const cosine = f32x4.splat(c);
  const sine = f32x4.splat(s);
  v128.store(re, f32x4.sub(f32x4.mul(real, cosine), f32x4.mul(imaginary, sine)));
  v128.store(im, f32x4.add(f32x4.mul(real, sine), f32x4.mul(imaginary, cosine)));
}

/** The same for one lane. */
export function storeProductOfOne(re: usize, im: usize, real: f32, imaginary: f32, c: f32, s: f32): void {
  store<f32>(re, real * c - imaginary * s);
  store<f32>(im, real * s + imaginary * c);
}

/** Real part of the product of the complex numbers at `re` and `im` with c + i s. */
export function realProduct(re: usize, im: usize, c: f32, s: f32): v128 {
  return f32x4.sub(f32x4.mul(v128.load(re), f32x4.splat(c)), f32x4.mul(v128.load(im), f32x4.splat(s)));
}

export function imaginaryProduct(re: usize, im: usize, c: f32, s: f32): v128 {
  return f32x4.add(f32x4.mul(v128.load(re), f32x4.splat(s)), f32x4.mul(v128.load(im), f32x4.splat(c)));
}
