/**
 * Butterflies of four items, as two steps of radix 2 in one pass: items are as in `butterflies.ts`; c1 + i s1 to
 * c3 + i s3 are the twiddle factor w, its square and its cube.
 */
import { imaginaryProduct, ROW_BYTES, realProduct, storeProduct, storeProductOfOne } from "./butterflies";

/**
 * y0 = x0 + x1 + x2 + x3, y1 = (x0 + x2 - x1 - x3) w², y2 = (x0 - x2 - i (x1 - x3)) w, y3 = (x0 - x2 + i (x1 - x3)) w³.
 */
export function forwardFour(
  re: usize,
  im: usize,
  q: usize,
  c1: f32,
  s1: f32,
  c2: f32,
  s2: f32,
  c3: f32,
  s3: f32,
): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) {
      const r0 = v128.load(re);
      const r1 = v128.load(re + q);
      const r2 = v128.load(re + 2 * q);
      const r3 = v128.load(re + 3 * q);
      const i0 = v128.load(im);
      const i1 = v128.load(im + q);
      const i2 = v128.load(im + 2 * q);
      const i3 = v128.load(im + 3 * q);
      const sumR = f32x4.add(r0, r2);
      const sumI = f32x4.add(i0, i2);
      const oddR = f32x4.add(r1, r3);
      const oddI = f32x4.add(i1, i3);
      const restR = f32x4.sub(r0, r2);
      const restI = f32x4.sub(i0, i2);
      const turnedR = f32x4.sub(i1, i3);
      const turnedI = f32x4.sub(r3, r1);
      v128.store(re, f32x4.add(sumR, oddR));
      v128.store(im, f32x4.add(sumI, oddI));
      storeProduct(re + q, im + q, f32x4.sub(sumR, oddR), f32x4.sub(sumI, oddI), c2, s2);
      storeProduct(re + 2 * q, im + 2 * q, f32x4.add(restR, turnedR), f32x4.add(restI, turnedI), c1, s1);
      storeProduct(re + 3 * q, im + 3 * q, f32x4.sub(restR, turnedR), f32x4.sub(restI, turnedI), c3, s3);
    }
    return;
  }
  for (const end = re + ROW_BYTES; re < end; re += 4, im += 4) {
    const sumR = load<f32>(re) + load<f32>(re + 2 * q);
    const sumI = load<f32>(im) + load<f32>(im + 2 * q);
    const oddR = load<f32>(re + q) + load<f32>(re + 3 * q);
    const oddI = load<f32>(im + q) + load<f32>(im + 3 * q);
    const restR = load<f32>(re) - load<f32>(re + 2 * q);
    const restI = load<f32>(im) - load<f32>(im + 2 * q);
    const turnedR = load<f32>(im + q) - load<f32>(im + 3 * q);
    const turnedI = load<f32>(re + 3 * q) - load<f32>(re + q);
    store<f32>(re, sumR + oddR);
    store<f32>(im, sumI + oddI);
    storeProductOfOne(re + q, im + q, sumR - oddR, sumI - oddI, c2, s2);
    storeProductOfOne(re + 2 * q, im + 2 * q, restR + turnedR, restI + turnedI, c1, s1);
    storeProductOfOne(re + 3 * q, im + 3 * q, restR - turnedR, restI - turnedI, c3, s3);
  }
}

/** The same with x2 and x3 zero. */
export function forwardPadded(
  re: usize,
  im: usize,
  q: usize,
  c1: f32,
  s1: f32,
  c2: f32,
  s2: f32,
  c3: f32,
  s3: f32,
): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) {
      const r0 = v128.load(re);
      const r1 = v128.load(re + q);
      const i0 = v128.load(im);
      const i1 = v128.load(im + q);
      v128.store(re, f32x4.add(r0, r1));
      v128.store(im, f32x4.add(i0, i1));
      storeProduct(re + q, im + q, f32x4.sub(r0, r1), f32x4.sub(i0, i1), c2, s2);
      storeProduct(re + 2 * q, im + 2 * q, f32x4.add(r0, i1), f32x4.sub(i0, r1), c1, s1);
      storeProduct(re + 3 * q, im + 3 * q, f32x4.sub(r0, i1), f32x4.add(i0, r1), c3, s3);
    }
    return;
  }
  for (const end = re + ROW_BYTES; re < end; re += 4, im += 4) {
    const r0 = load<f32>(re);
    const r1 = load<f32>(re + q);
    const i0 = load<f32>(im);
    const i1 = load<f32>(im + q);
    store<f32>(re, r0 + r1);
    store<f32>(im, i0 + i1);
    storeProductOfOne(re + q, im + q, r0 - r1, i0 - i1, c2, s2);
    storeProductOfOne(re + 2 * q, im + 2 * q, r0 + i1, i0 - r1, c1, s1);
    storeProductOfOne(re + 3 * q, im + 3 * q, r0 - i1, i0 + r1, c3, s3);
  }
}

/** The inverse; the factors are conjugated. */
export function backwardFour(
  re: usize,
  im: usize,
  q: usize,
  c1: f32,
  s1: f32,
  c2: f32,
  s2: f32,
  c3: f32,
  s3: f32,
): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) {
      const r0 = v128.load(re);
      const i0 = v128.load(im);
      const r1 = realProduct(re + q, im + q, c2, s2);
      const i1 = imaginaryProduct(re + q, im + q, c2, s2);
      const r2 = realProduct(re + 2 * q, im + 2 * q, c1, s1);
      const i2 = imaginaryProduct(re + 2 * q, im + 2 * q, c1, s1);
      const r3 = realProduct(re + 3 * q, im + 3 * q, c3, s3);
      const i3 = imaginaryProduct(re + 3 * q, im + 3 * q, c3, s3);
      const evenR = f32x4.add(r0, r1);
      const evenI = f32x4.add(i0, i1);
      const oddR = f32x4.sub(r0, r1);
      const oddI = f32x4.sub(i0, i1);
      const sumR = f32x4.add(r2, r3);
      const sumI = f32x4.add(i2, i3);
      const turnedR = f32x4.sub(i3, i2);
      const turnedI = f32x4.sub(r2, r3);
      v128.store(re, f32x4.add(evenR, sumR));
      v128.store(im, f32x4.add(evenI, sumI));
      v128.store(re + q, f32x4.add(oddR, turnedR));
      v128.store(im + q, f32x4.add(oddI, turnedI));
      v128.store(re + 2 * q, f32x4.sub(evenR, sumR));
      v128.store(im + 2 * q, f32x4.sub(evenI, sumI));
      v128.store(re + 3 * q, f32x4.sub(oddR, turnedR));
      v128.store(im + 3 * q, f32x4.sub(oddI, turnedI));
    }
    return;
  }
  for (const end = re + ROW_BYTES; re < end; re += 4, im += 4) {
    storeProductOfOne(re + q, im + q, load<f32>(re + q), load<f32>(im + q), c2, s2);
    storeProductOfOne(re + 2 * q, im + 2 * q, load<f32>(re + 2 * q), load<f32>(im + 2 * q), c1, s1);
    storeProductOfOne(re + 3 * q, im + 3 * q, load<f32>(re + 3 * q), load<f32>(im + 3 * q), c3, s3);
    const evenR = load<f32>(re) + load<f32>(re + q);
    const evenI = load<f32>(im) + load<f32>(im + q);
    const oddR = load<f32>(re) - load<f32>(re + q);
    const oddI = load<f32>(im) - load<f32>(im + q);
    const sumR = load<f32>(re + 2 * q) + load<f32>(re + 3 * q);
    const sumI = load<f32>(im + 2 * q) + load<f32>(im + 3 * q);
    const turnedR = load<f32>(im + 3 * q) - load<f32>(im + 2 * q);
    const turnedI = load<f32>(re + 2 * q) - load<f32>(re + 3 * q);
    store<f32>(re, evenR + sumR);
    store<f32>(im, evenI + sumI);
    store<f32>(re + q, oddR + turnedR);
    store<f32>(im + q, oddI + turnedI);
    store<f32>(re + 2 * q, evenR - sumR);
    store<f32>(im + 2 * q, evenI - sumI);
    store<f32>(re + 3 * q, oddR - turnedR);
    store<f32>(im + 3 * q, oddI - turnedI);
  }
}

/** The same, but only computes the first two results. */
export function backwardHalf(
  re: usize,
  im: usize,
  q: usize,
  c1: f32,
  s1: f32,
  c2: f32,
  s2: f32,
  c3: f32,
  s3: f32,
): void {
  if (ASC_FEATURE_SIMD) {
    for (const end = re + ROW_BYTES; re < end; re += 16, im += 16) {
      const r0 = v128.load(re);
      const i0 = v128.load(im);
      const r1 = realProduct(re + q, im + q, c2, s2);
      const i1 = imaginaryProduct(re + q, im + q, c2, s2);
      const r2 = realProduct(re + 2 * q, im + 2 * q, c1, s1);
      const i2 = imaginaryProduct(re + 2 * q, im + 2 * q, c1, s1);
      const r3 = realProduct(re + 3 * q, im + 3 * q, c3, s3);
      const i3 = imaginaryProduct(re + 3 * q, im + 3 * q, c3, s3);
      v128.store(re, f32x4.add(f32x4.add(r0, r1), f32x4.add(r2, r3)));
      v128.store(im, f32x4.add(f32x4.add(i0, i1), f32x4.add(i2, i3)));
      v128.store(re + q, f32x4.add(f32x4.sub(r0, r1), f32x4.sub(i3, i2)));
      v128.store(im + q, f32x4.add(f32x4.sub(i0, i1), f32x4.sub(r2, r3)));
    }
    return;
  }
  backwardFour(re, im, q, c1, s1, c2, s2, c3, s3);
}
