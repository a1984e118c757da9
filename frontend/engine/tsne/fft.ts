/**
 * Fourier transforms of LANES sequences at a time, which lie side by side: item t of sequence l is at t * LANES + l, real and
 * imaginary parts in two planes. Forward leaves the result in bit-reversed order, inverse takes it so: nobody has to sort.
 * Radix 4, as two steps of radix 2 in one pass; a last step of radix 2 where the exponent is odd.
 */
import { place } from "./arrays";

export const LANES: u32 = 16;
const ROW_BYTES: usize = (<usize>LANES) << 2;

/** Length of a sequence, a power of two, and its exponent. */
export let size: u32 = 0;
let exponent: u32 = 0;
/** cos and sin of 2 pi t / size, f32, size each. */
let cosines: usize = 0;
let sines: usize = 0;
/** Where item t of a spectrum lies, u32. */
let reversed: usize = 0;
/** The sequences under way, and their imaginary parts. */
export let realBlock: usize = 0;
export let imaginaryBlock: usize = 0;

/** Makes ready for sequences of `length`. False without memory. */
export function reserveTransform(length: u32): bool {
  size = length;
  exponent = ctz(length);
  cosines = place(length, 4);
  sines = place(length, 4);
  reversed = place(length, 4);
  realBlock = place(length, <u64>ROW_BYTES);
  imaginaryBlock = place(length, <u64>ROW_BYTES);
  if (!(cosines && sines && reversed && realBlock && imaginaryBlock)) return false;
  fillTables();
  return true;
}

function fillTables(): void {
  for (let t: u32 = 0; t < size; ++t) {
    const angle = (2 * Math.PI * t) / size;
    store<f32>(cosines + ((<usize>t) << 2), <f32>Math.cos(angle));
    store<f32>(sines + ((<usize>t) << 2), <f32>Math.sin(angle));
    store<u32>(reversed + ((<usize>t) << 2), reverseBits(t));
  }
}

function reverseBits(t: u32): u32 {
  let result: u32 = 0;
  for (let bit: u32 = 0; bit < exponent; ++bit) result |= ((t >> bit) & 1) << (exponent - 1 - bit);
  return result;
}

/** Where item `t` of a spectrum lies. */
export function reversedPlace(t: u32): u32 {
  return load<u32>(reversed + ((<usize>t) << 2));
}

/** Decimation in frequency: natural order in, bit-reversed out. */
export function transform(): void {
  let span = size;
  for (; span >= 4; span >>= 2) {
    for (let first: u32 = 0; first < size; first += span) passFour(first, span, true);
  }
  if (span === 2) for (let first: u32 = 0; first < size; first += 2) passTwo(first);
}

/** Decimation in time: bit-reversed order in, natural out, `size` times too large. */
export function transformBack(): void {
  let span: u32 = 4;
  if (exponent & 1) {
    for (let first: u32 = 0; first < size; first += 2) passTwo(first);
    span = 8;
  }
  for (; span <= size; span <<= 2) {
    for (let first: u32 = 0; first < size; first += span) passFour(first, span, false);
  }
}

function passFour(first: u32, span: u32, isForward: bool): void {
  const quarter = span >> 2;
  const turn = size / span;
  for (let j: u32 = 0; j < quarter; ++j) {
    const once = (<usize>(j * turn)) << 2;
    const twice = (<usize>(2 * j * turn)) << 2;
    const thrice = (<usize>(3 * j * turn)) << 2;
    const sign: f32 = isForward ? -1 : 1;
    const c1 = load<f32>(cosines + once);
    const s1 = sign * load<f32>(sines + once);
    const c2 = load<f32>(cosines + twice);
    const s2 = sign * load<f32>(sines + twice);
    const c3 = load<f32>(cosines + thrice);
    const s3 = sign * load<f32>(sines + thrice);
    const at = <usize>(first + j) * ROW_BYTES;
    if (isForward) forwardFour(at, <usize>quarter * ROW_BYTES, c1, s1, c2, s2, c3, s3);
    else backwardFour(at, <usize>quarter * ROW_BYTES, c1, s1, c2, s2, c3, s3);
  }
}

/** y0 = x0 + x1 + x2 + x3, y1 = (x0 + x2 - x1 - x3) w², y2 = (x0 - x2 - i (x1 - x3)) w, y3 = (x0 - x2 + i (x1 - x3)) w³. */
function forwardFour(at: usize, q: usize, c1: f32, s1: f32, c2: f32, s2: f32, c3: f32, s3: f32): void {
  if (ASC_FEATURE_SIMD) {
    for (let lane: usize = 0; lane < ROW_BYTES; lane += 16) {
      const re = realBlock + at + lane;
      const im = imaginaryBlock + at + lane;
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
  for (let lane: usize = 0; lane < ROW_BYTES; lane += 4) {
    const re = realBlock + at + lane;
    const im = imaginaryBlock + at + lane;
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

/** The way back, 4 times too large; the factors are conjugate. */
function backwardFour(at: usize, q: usize, c1: f32, s1: f32, c2: f32, s2: f32, c3: f32, s3: f32): void {
  if (ASC_FEATURE_SIMD) {
    for (let lane: usize = 0; lane < ROW_BYTES; lane += 16) {
      const re = realBlock + at + lane;
      const im = imaginaryBlock + at + lane;
      storeProduct(re + q, im + q, v128.load(re + q), v128.load(im + q), c2, s2);
      storeProduct(re + 2 * q, im + 2 * q, v128.load(re + 2 * q), v128.load(im + 2 * q), c1, s1);
      storeProduct(re + 3 * q, im + 3 * q, v128.load(re + 3 * q), v128.load(im + 3 * q), c3, s3);
      const evenR = f32x4.add(v128.load(re), v128.load(re + q));
      const evenI = f32x4.add(v128.load(im), v128.load(im + q));
      const oddR = f32x4.sub(v128.load(re), v128.load(re + q));
      const oddI = f32x4.sub(v128.load(im), v128.load(im + q));
      const sumR = f32x4.add(v128.load(re + 2 * q), v128.load(re + 3 * q));
      const sumI = f32x4.add(v128.load(im + 2 * q), v128.load(im + 3 * q));
      const turnedR = f32x4.sub(v128.load(im + 3 * q), v128.load(im + 2 * q));
      const turnedI = f32x4.sub(v128.load(re + 2 * q), v128.load(re + 3 * q));
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
  for (let lane: usize = 0; lane < ROW_BYTES; lane += 4) {
    const re = realBlock + at + lane;
    const im = imaginaryBlock + at + lane;
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

function storeProduct(re: usize, im: usize, real: v128, imaginary: v128, c: f32, s: f32): void {
  const cosine = f32x4.splat(c);
  const sine = f32x4.splat(s);
  v128.store(re, f32x4.sub(f32x4.mul(real, cosine), f32x4.mul(imaginary, sine)));
  v128.store(im, f32x4.add(f32x4.mul(real, sine), f32x4.mul(imaginary, cosine)));
}

function storeProductOfOne(re: usize, im: usize, real: f32, imaginary: f32, c: f32, s: f32): void {
  store<f32>(re, real * c - imaginary * s);
  store<f32>(im, real * s + imaginary * c);
}

/** y0 = x0 + x1, y1 = x0 - x1: its own way back, 2 times too large. */
function passTwo(first: u32): void {
  const at = <usize>first * ROW_BYTES;
  for (let lane: usize = 0; lane < ROW_BYTES; lane += 4) {
    addAndSubtract(realBlock + at + lane);
    addAndSubtract(imaginaryBlock + at + lane);
  }
}

function addAndSubtract(at: usize): void {
  const a = load<f32>(at);
  const b = load<f32>(at + ROW_BYTES);
  store<f32>(at, a + b);
  store<f32>(at + ROW_BYTES, a - b);
}
