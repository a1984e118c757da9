/**
 * Computes the field of charges on a square grid, phi(m) = sum over n of c(m - n) charge(n), by Fourier transforms of
 * twice its side. c is chosen so that quintic splines through it match the kernel 1 / (1 + d²) at the nodes: in Fourier
 * space, the kernel divided by the square of the splines' symbol in each direction.
 *
 * Charges are real and so is the kernel's transform: columns of the left and the right half go through one complex
 * transform, as its real and imaginary part.
 */
import { allocate, resetTop } from "./arrays";
import {
  imaginaryBlock,
  LANES,
  realBlock,
  reserveTransform,
  reversedIndex,
  size,
  transform,
  transformBack,
  transformPadded,
} from "./fft";

/** Number of nodes per side, half the length of the transform. */
export let side: u32 = 0;
/** Charges, then the field: side × side, f32. */
export let nodes: usize = 0;
/** Half of the transform along the first direction, k × node: f32, two planes. */
let halfReal: usize = 0;
let halfImaginary: usize = 0;
/** Transform of c over size², in blocks of LANES k, each in the order of a block of fft.ts. */
let kernel: usize = 0;
let kernelSpacing: f32 = 0;

const ROW_BYTES: usize = (<usize>LANES) << 2;

/** Number of frequencies along the first direction, 0 to size / 2, rounded up to whole blocks. */
function frequencies(): u32 {
  return side + LANES;
}

/** Prepares a grid of `nodesOnSide` (32 · 2^n or 96 · 2^n). False without enough memory. */
export function reserveGrid(nodesOnSide: u32): bool {
  if (nodesOnSide === side) return true;
  resetTop();
  side = nodesOnSide;
  kernelSpacing = 0;
  const isReady = reserveTransform(2 * side);
  nodes = allocate(<u64>side * side, 4);
  halfReal = allocate(<u64>frequencies() * (side + LANES), 4);
  halfImaginary = allocate(<u64>frequencies() * (side + LANES), 4);
  kernel = allocate(<u64>frequencies() * size, 4);
  if (!(isReady && nodes && halfReal && halfImaginary && kernel)) side = 0;
  return side !== 0;
}

function half(plane: usize, k: u32, node: u32): usize {
  return plane + ((<usize>k * (side + LANES) + node) << 2);
}

function node(a: u32, b: u32): usize {
  return nodes + ((<usize>a * side + b) << 2);
}

/** Turns the charges into the field, in place. `spacing` is the distance of adjacent nodes. */
export function convolve(spacing: f32): void {
  if (spacing !== kernelSpacing) computeKernel(spacing);
  for (let b: u32 = 0; b < side / 2; b += LANES) transformColumns(b);
  for (let k: u32 = 0; k <= side; k += LANES) multiplyRows(k);
  for (let b: u32 = 0; b < side / 2; b += LANES) transformColumnsBack(b);
}

function copyLanes(to: usize, from: usize): void {
  memory.copy(to, from, ROW_BYTES);
}

function transformColumns(b: u32): void {
  for (let a: u32 = 0; a < side; ++a) {
    copyLanes(realBlock + <usize>a * ROW_BYTES, node(a, b));
    copyLanes(imaginaryBlock + <usize>a * ROW_BYTES, node(a, b + side / 2));
  }
  transformPadded();
  for (let k: u32 = 0; k <= side; ++k) {
    const offset = <usize>reversedIndex(k) * ROW_BYTES;
    const mirrored = <usize>reversedIndex(k === 0 ? 0 : size - k) * ROW_BYTES;
    separate(offset, mirrored, k, b);
  }
}

/** X(k) = A(k) + i B(k) of two real sequences: A(k) = (X(k) + X*(-k)) / 2, B(k) = (X(k) - X*(-k)) / 2i. */
function separate(offset: usize, mirrored: usize, k: u32, b: u32): void {
  const left = half(halfReal, k, b);
  const right = half(halfReal, k, b + side / 2);
  const toImaginary = halfImaginary - halfReal;
  if (ASC_FEATURE_SIMD) {
    const share = f32x4.splat(0.5);
    for (let at: usize = 0; at < ROW_BYTES; at += 16) {
      const re = f32x4.mul(share, v128.load(realBlock + offset + at));
      const im = f32x4.mul(share, v128.load(imaginaryBlock + offset + at));
      const mirroredRe = f32x4.mul(share, v128.load(realBlock + mirrored + at));
      const mirroredIm = f32x4.mul(share, v128.load(imaginaryBlock + mirrored + at));
      v128.store(left + at, f32x4.add(re, mirroredRe));
      v128.store(left + toImaginary + at, f32x4.sub(im, mirroredIm));
      v128.store(right + at, f32x4.add(im, mirroredIm));
      v128.store(right + toImaginary + at, f32x4.sub(mirroredRe, re));
    }
    return;
  }
  for (let at: usize = 0; at < ROW_BYTES; at += 4) {
    const re: f32 = 0.5 * load<f32>(realBlock + offset + at);
    const im: f32 = 0.5 * load<f32>(imaginaryBlock + offset + at);
    const mirroredRe: f32 = 0.5 * load<f32>(realBlock + mirrored + at);
    const mirroredIm: f32 = 0.5 * load<f32>(imaginaryBlock + mirrored + at);
    store<f32>(left + at, re + mirroredRe);
    store<f32>(left + toImaginary + at, im - mirroredIm);
    store<f32>(right + at, im + mirroredIm);
    store<f32>(right + toImaginary + at, mirroredRe - re);
  }
}

function transformColumnsBack(b: u32): void {
  for (let k: u32 = 0; k <= side; ++k) {
    const offset = <usize>reversedIndex(k) * ROW_BYTES;
    const mirrored = <usize>reversedIndex(k === 0 ? 0 : size - k) * ROW_BYTES;
    unite(offset, mirrored, k, b);
  }
  transformBack();
  for (let a: u32 = 0; a < side; ++a) {
    copyLanes(node(a, b), realBlock + <usize>a * ROW_BYTES);
    copyLanes(node(a, b + side / 2), imaginaryBlock + <usize>a * ROW_BYTES);
  }
}

/** X(k) = A(k) + i B(k), and X(-k) = A*(k) + i B*(k). */
function unite(offset: usize, mirrored: usize, k: u32, b: u32): void {
  const left = half(halfReal, k, b);
  const right = half(halfReal, k, b + side / 2);
  const toImaginary = halfImaginary - halfReal;
  if (ASC_FEATURE_SIMD) {
    for (let at: usize = 0; at < ROW_BYTES; at += 16) {
      const leftRe = v128.load(left + at);
      const leftIm = v128.load(left + toImaginary + at);
      const rightRe = v128.load(right + at);
      const rightIm = v128.load(right + toImaginary + at);
      v128.store(realBlock + mirrored + at, f32x4.add(leftRe, rightIm));
      v128.store(imaginaryBlock + mirrored + at, f32x4.sub(rightRe, leftIm));
      v128.store(realBlock + offset + at, f32x4.sub(leftRe, rightIm));
      v128.store(imaginaryBlock + offset + at, f32x4.add(leftIm, rightRe));
    }
    return;
  }
  for (let at: usize = 0; at < ROW_BYTES; at += 4) {
    const leftRe = load<f32>(left + at);
    const leftIm = load<f32>(left + toImaginary + at);
    const rightRe = load<f32>(right + at);
    const rightIm = load<f32>(right + toImaginary + at);
    store<f32>(realBlock + mirrored + at, leftRe + rightIm);
    store<f32>(imaginaryBlock + mirrored + at, rightRe - leftIm);
    store<f32>(realBlock + offset + at, leftRe - rightIm);
    store<f32>(imaginaryBlock + offset + at, leftIm + rightRe);
  }
}

/** Along the second direction, for LANES frequencies of the first: transform, multiply by the kernel, invert. */
function multiplyRows(k: u32): void {
  turnIn(halfReal, realBlock, k, side);
  turnIn(halfImaginary, imaginaryBlock, k, side);
  transformPadded();
  const factors = kernel + <usize>k * size * 4;
  multiplyBlock(realBlock, factors);
  multiplyBlock(imaginaryBlock, factors);
  transformBack();
  turnOut(halfReal, realBlock, k);
  turnOut(halfImaginary, imaginaryBlock, k);
}

function multiplyBlock(block: usize, factors: usize): void {
  const bytes = <usize>size * ROW_BYTES;
  if (ASC_FEATURE_SIMD) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(block + at, f32x4.mul(v128.load(block + at), v128.load(factors + at)));
    }
    return;
  }
  for (let at: usize = 0; at < bytes; at += 4) store<f32>(block + at, load<f32>(block + at) * load<f32>(factors + at));
}

/** Transposes rows k to k + LANES of a plane into lanes; `count` nodes. */
function turnIn(plane: usize, block: usize, k: u32, count: u32): void {
  for (let b: u32 = 0; b < count; b += 4) {
    for (let lane: u32 = 0; lane < LANES; lane += 4) {
      turnFour(
        half(plane, k + lane, b),
        half(plane, 1, 0) - plane,
        block + <usize>b * ROW_BYTES + ((<usize>lane) << 2),
        ROW_BYTES,
      );
    }
  }
}

function turnOut(plane: usize, block: usize, k: u32): void {
  for (let b: u32 = 0; b < side; b += 4) {
    for (let lane: u32 = 0; lane < LANES; lane += 4) {
      turnFour(
        block + <usize>b * ROW_BYTES + ((<usize>lane) << 2),
        ROW_BYTES,
        half(plane, k + lane, b),
        half(plane, 1, 0) - plane,
      );
    }
  }
}

/** Transposes 4 × 4 numbers from rows `fromBytes` apart to rows `toBytes` apart. */
function turnFour(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  if (ASC_FEATURE_SIMD) {
    const a = v128.load(from);
    const b = v128.load(from + fromBytes);
    const c = v128.load(from + 2 * fromBytes);
    const d = v128.load(from + 3 * fromBytes);
    const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(abLow, cdLow, 0, 2));
    v128.store(to + toBytes, i64x2.shuffle(abLow, cdLow, 1, 3));
    v128.store(to + 2 * toBytes, i64x2.shuffle(abHigh, cdHigh, 0, 2));
    v128.store(to + 3 * toBytes, i64x2.shuffle(abHigh, cdHigh, 1, 3));
    return;
  }
  for (let i: usize = 0; i < 4; ++i) {
    for (let j: usize = 0; j < 4; ++j)
      store<f32>(to + j * toBytes + (i << 2), load<f32>(from + i * fromBytes + (j << 2)));
  }
}

// --- The kernel ---

/** It is even in both directions, so half of its nodes and the real parts suffice. */
function computeKernel(spacing: f32): void {
  for (let b: u32 = 0; b <= side; b += LANES) transformKernelColumns(b, spacing);
  for (let k: u32 = 0; k <= side; k += LANES) transformKernelRows(k);
  kernelSpacing = spacing;
}

function transformKernelColumns(b: u32, spacing: f32): void {
  const square = spacing * spacing;
  for (let a: u32 = 0; a < size; ++a) {
    const distanceA = <f32>min(a, size - a);
    for (let lane: u32 = 0; lane < LANES; ++lane) {
      const distanceB = <f32>(b + lane);
      const value = <f32>1 / (<f32>1 + square * (distanceA * distanceA + distanceB * distanceB));
      store<f32>(realBlock + <usize>a * ROW_BYTES + ((<usize>lane) << 2), value);
    }
  }
  memory.fill(imaginaryBlock, 0, <usize>size * ROW_BYTES);
  transform();
  for (let k: u32 = 0; k <= side; ++k) {
    copyLanes(half(halfReal, k, b), realBlock + <usize>reversedIndex(k) * ROW_BYTES);
  }
}

function transformKernelRows(k: u32): void {
  turnIn(halfReal, realBlock, k, side + LANES);
  for (let b = side + 1; b < size; ++b) {
    copyLanes(realBlock + <usize>b * ROW_BYTES, realBlock + <usize>(size - b) * ROW_BYTES);
  }
  memory.fill(imaginaryBlock, 0, <usize>size * ROW_BYTES);
  transform();
  const scale = 1 / (<f64>size * <f64>size);
  for (let t: u32 = 0; t < size; ++t) {
    const at = <usize>reversedIndex(t) * ROW_BYTES;
    const symbolB = symbol(t);
    for (let lane: u32 = 0; lane < LANES; ++lane) {
      const symbols = symbolB * symbol(k + lane);
      const value = <f64>load<f32>(realBlock + at + ((<usize>lane) << 2)) * scale;
      store<f32>(kernel + <usize>k * size * 4 + at + ((<usize>lane) << 2), <f32>(value / (symbols * symbols)));
    }
  }
}

/** Symbol of quintic B-splines, whose values at the nodes are 1, 26, 66, 26 and 1, over 120. */
function symbol(frequency: u32): f64 {
  const angle = (2 * Math.PI * frequency) / size;
  return (66 + 52 * Math.cos(angle) + 2 * Math.cos(2 * angle)) / 120;
}
