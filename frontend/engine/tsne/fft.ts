/**
 * Fourier transforms of LANES sequences at a time, interleaved: item t of sequence l is at t * LANES + l, real and
 * imaginary parts in two planes. The forward transform leaves the result in bit-reversed order, which the inverse
 * expects, so no reordering is needed. Radix 4, as two steps of radix 2 in one pass; then a step of radix 2 if the
 * exponent is odd, and one of radix 3 if the length has that factor.
 *
 * A convolution that does not wrap around pads its sequences with zeros to twice their length, and needs only the first
 * half of the result: `transformPadded` and `transformBack` halve the work of the pass at that end.
 */
import { allocate } from "./arrays";
import { backwardThree, backwardTwo, forwardThree, forwardTwo, LANES, ROW_BYTES } from "./butterflies";
import { backwardFour, backwardHalf, forwardFour, forwardPadded } from "./radix_four";

export { LANES };

/** Length of a sequence: 2^exponent · odd, where odd is 1 or 3. */
export let size: u32 = 0;
let exponent: u32 = 0;
let odd: u32 = 1;
/** cos and sin of 2 pi t / size, f32, size each. */
let cosines: usize = 0;
let sines: usize = 0;
/** Index of item t of a spectrum, u32. */
let reversed: usize = 0;
/** The sequences being transformed, and their imaginary parts. */
export let realBlock: usize = 0;
export let imaginaryBlock: usize = 0;

/** Prepares transforms of sequences of `length`. False without enough memory. */
export function reserveTransform(length: u32): bool {
  size = length;
  exponent = ctz(length);
  odd = length >> exponent;
  cosines = allocate(length, 4);
  sines = allocate(length, 4);
  reversed = allocate(length, 4);
  realBlock = allocate(length, <u64>ROW_BYTES);
  imaginaryBlock = allocate(length, <u64>ROW_BYTES);
  if (!(cosines && sines && reversed && realBlock && imaginaryBlock)) return false;
  fillTables();
  return true;
}

function fillTables(): void {
  for (let t: u32 = 0; t < size; ++t) {
    const angle = (2 * Math.PI * t) / size;
    store<f32>(cosines + ((<usize>t) << 2), <f32>Math.cos(angle));
    store<f32>(sines + ((<usize>t) << 2), <f32>Math.sin(angle));
    store<u32>(reversed + ((<usize>t) << 2), odd * reverseBits(t) + (t >> exponent));
  }
}

/** Reverses the last `exponent` bits. */
function reverseBits(t: u32): u32 {
  let result: u32 = 0;
  for (let bit: u32 = 0; bit < exponent; ++bit) result |= ((t >> bit) & 1) << (exponent - 1 - bit);
  return result;
}

/** Index of item `t` of a spectrum. */
export function reversedIndex(t: u32): u32 {
  return load<u32>(reversed + ((<usize>t) << 2));
}

/** Decimation in frequency: natural order in, bit-reversed out. */
export function transform(): void {
  passForward(size);
}

/** The same for sequences whose second half is zero; that half need not be initialized. */
export function transformPadded(): void {
  for (let j: u32 = 0; j < size >> 2; ++j) passFour(j, j, size, Pass.PADDED);
  passForward(size >> 2);
}

function passForward(widest: u32): void {
  let span = widest;
  for (; span >= 4 * odd; span >>= 2) passAll(span, Pass.FORWARD);
  if (span === 2 * odd) passTwos(Pass.FORWARD);
  if (odd === 3) passThrees(Pass.FORWARD);
}

/**
 * Decimation in time: bit-reversed order in, natural out. Not normalized: results are scaled by `size`. Only computes
 * the first half of the result; the rest is undefined.
 */
export function transformBack(): void {
  if (odd === 3) passThrees(Pass.BACK);
  if (exponent & 1) passTwos(Pass.BACK);
  let span: u32 = odd << (exponent & 1 ? 3 : 2);
  for (; span < size; span <<= 2) passAll(span, Pass.BACK);
  for (let j: u32 = 0; j < size >> 2; ++j) passFour(j, j, size, Pass.BACK_HALF);
}

enum Pass {
  FORWARD,
  PADDED,
  BACK,
  BACK_HALF,
}

function passAll(span: u32, pass: Pass): void {
  for (let first: u32 = 0; first < size; first += span) {
    for (let j: u32 = 0; j < span >> 2; ++j) passFour(first + j, j, span, pass);
  }
}

/** Items `row`, and a quarter, a half and three quarters of `span` later. */
function passFour(row: u32, j: u32, span: u32, pass: Pass): void {
  const turn = size / span;
  const once = (<usize>(j * turn)) << 2;
  const twice = once << 1;
  const thrice = once + twice;
  const sign: f32 = pass <= Pass.PADDED ? -1 : 1;
  const c1 = load<f32>(cosines + once);
  const s1 = sign * load<f32>(sines + once);
  const c2 = load<f32>(cosines + twice);
  const s2 = sign * load<f32>(sines + twice);
  const c3 = load<f32>(cosines + thrice);
  const s3 = sign * load<f32>(sines + thrice);
  const re = realBlock + <usize>row * ROW_BYTES;
  const im = imaginaryBlock + <usize>row * ROW_BYTES;
  const quarter = <usize>(span >> 2) * ROW_BYTES;
  if (pass === Pass.FORWARD) forwardFour(re, im, quarter, c1, s1, c2, s2, c3, s3);
  else if (pass === Pass.PADDED) forwardPadded(re, im, quarter, c1, s1, c2, s2, c3, s3);
  else if (pass === Pass.BACK) backwardFour(re, im, quarter, c1, s1, c2, s2, c3, s3);
  else backwardHalf(re, im, quarter, c1, s1, c2, s2, c3, s3);
}

/** Items j and j + odd of every 2 · odd. */
function passTwos(pass: Pass): void {
  const q = <usize>odd * ROW_BYTES;
  for (let j: u32 = 0; j < odd; ++j) {
    const at = (<usize>(j * (size / (2 * odd)))) << 2;
    const c = load<f32>(cosines + at);
    const s = load<f32>(sines + at);
    for (let row = j; row < size; row += 2 * odd) {
      const re = realBlock + <usize>row * ROW_BYTES;
      const im = imaginaryBlock + <usize>row * ROW_BYTES;
      if (pass === Pass.FORWARD) forwardTwo(re, im, q, c, -s);
      else backwardTwo(re, im, q, c, s);
    }
  }
}

function passThrees(pass: Pass): void {
  for (let row: u32 = 0; row < size; row += 3) {
    const re = realBlock + <usize>row * ROW_BYTES;
    const im = imaginaryBlock + <usize>row * ROW_BYTES;
    if (pass === Pass.FORWARD) forwardThree(re, im);
    else backwardThree(re, im);
  }
}
