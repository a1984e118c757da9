/**
 * When an edge is due. An edge of weight w is drawn in w / wmax of all epochs, evenly spread. Its rate w / wmax is
 * stored as a 32-bit fraction, and the sum of n rates modulo 1 decides whether epoch n is one: exact, stateless, and
 * four edges at a time. (umap-learn stores three numbers per edge for the same schedule.)
 */
import { offsetOf, offsets, rows, tails, weights } from "./arrays";

const ONE: u64 = 0x100000000;

let kept: u32 = 0;
let read: u32 = 0;

export function beginScheduling(): void {
  kept = 0;
  read = 0;
}

/**
 * Converts the weights of `count` rows to rates, and drops the edges lighter than `threshold`, which would never be
 * due; must be called for all rows in order.
 */
export function scheduleEdges(first: u32, count: u32, threshold: f32, largest: f32): void {
  for (let row = first; row < first + count; ++row) {
    const end = offsetOf(row + 1);
    store<u32>(offsets + ((<usize>row) << 2), kept);
    for (; read < end; ++read) {
      const weight = load<f32>(weights + ((<usize>read) << 2));
      if (weight < threshold || weight === 0) continue;
      const rate = <u64>((<f64>weight / <f64>largest) * <f64>ONE + 0.5);
      store<u32>(tails + ((<usize>kept) << 2), load<u32>(tails + ((<usize>read) << 2)));
      store<u32>(weights + ((<usize>kept) << 2), <u32>(rate > 1 ? rate : 1)); // A rate of 1 wraps to 0, see `rateOf`.
      ++kept;
    }
  }
  if (first + count === rows) store<u32>(offsets + ((<usize>rows) << 2), kept);
}

function rateOf(edge: u32): u64 {
  const rate = load<u32>(weights + ((<usize>edge) << 2));
  return rate === 0 ? ONE : <u64>rate;
}

/** Which of the four edges from `edge` on are due in this epoch, one bit each; bits beyond the row's `end` are zero. */
export function dueEdges(edge: u32, end: u32, epoch: u32): u32 {
  const count = min<u32>(end - edge, 4);
  return dueMask(weights + ((<usize>edge) << 2), count, epoch) & ((1 << count) - 1);
}

function dueMask(address: usize, count: u32, epoch: u32): u32 {
  if (ASC_FEATURE_SIMD) {
    const rates = v128.load(address);
    const phases = i32x4.mul(rates, i32x4.splat(epoch));
    return i32x4.bitmask(i32x4.le_u(phases, i32x4.sub(rates, i32x4.splat(1))));
  }
  let mask: u32 = 0;
  for (let i: u32 = 0; i < count; ++i) {
    const rate = load<u32>(address + ((<usize>i) << 2));
    if (rate * epoch <= rate - 1) mask |= 1 << i;
  }
  return mask;
}

/**
 * Number of random rows that an edge due in this epoch pushes away: `perSample` for each of the epochs since it was
 * last due, in integers as counted by umap-learn (one less when an edge is due for the first time).
 */
export function negativesDue(edge: u32, epoch: u32, perSample: u32): u32 {
  const rate = rateOf(edge);
  const sum = rate * epoch;
  const turn = sum >>> 32;
  const now = <u32>((sum * perSample) >>> 32);
  if (turn === 1) return now > 0 ? now - 1 : 0;
  const last = epoch - <u32>(((sum & (ONE - 1)) + ONE) / rate);
  return now - <u32>((rate * last * perSample) >>> 32);
}
