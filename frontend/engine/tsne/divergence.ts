/**
 * KL(P || Q) without the normalization of Q, which contributes its logarithm: sum of p ln p + p ln(1 + |y_i - y_j|²) over
 * the pairs. The first part does not depend on the positions, and is computed once for the same probabilities.
 */
import { joints, positions, rows, stride, tails } from "./arrays";
import { logarithm, logarithmOfFour } from "./logarithm";
import { addLanes, othersOfTwo, pairsOf } from "./pairs";

/** Sum of p ln p, once it is needed. */
let entropy: f64 = 0;
let hasEntropy = false;

export function divergence(): f64 {
  if (!hasEntropy) entropy = sumOfEntropies();
  hasEntropy = true;
  let total = entropy;
  for (let row: u32 = 0; row < rows; ++row) total += stride === 2 ? spreadInPlane(row) : spreadInSpace(row);
  return total;
}

/** The probabilities have changed. */
export function forgetEntropy(): void {
  hasEntropy = false;
}

function sumOfEntropies(): f64 {
  let total: f64 = 0;
  for (let row: u32 = 0; row < rows; ++row) {
    const end = pairsOf(row + 1);
    let at = pairsOf(row);
    let sum: f32 = 0;
    if (ASC_FEATURE_SIMD) {
      let sums = f32x4.splat(0);
      for (; at + 16 <= end; at += 16) {
        const joint = v128.load(joints + at);
        sums = f32x4.add(sums, f32x4.mul(joint, logarithmOfFour(joint)));
      }
      sum = addLanes(sums);
    }
    for (; at < end; at += 4) sum += load<f32>(joints + at) * logarithm(load<f32>(joints + at));
    total += sum;
  }
  return total;
}

/** Sum of p ln(1 + |y_i - y_j|²) over the pairs of a row. */
function spreadInPlane(row: u32): f32 {
  const own = positions + ((<usize>row) << 3);
  const x = load<f32>(own);
  const y = load<f32>(own, 4);
  const end = pairsOf(row + 1);
  let at = pairsOf(row);
  let sum: f32 = 0;
  if (ASC_FEATURE_SIMD) {
    let sums = f32x4.splat(0);
    for (; at + 16 <= end; at += 16) {
      const ab = othersOfTwo(at);
      const cd = othersOfTwo(at + 8);
      const dx = f32x4.sub(f32x4.splat(x), i64x2.shuffle(ab, cd, 0, 2));
      const dy = f32x4.sub(f32x4.splat(y), i64x2.shuffle(ab, cd, 1, 3));
      const squares = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
      const far = logarithmOfFour(f32x4.add(squares, f32x4.splat(1)));
      sums = f32x4.add(sums, f32x4.mul(v128.load(joints + at), far));
    }
    sum = addLanes(sums);
  }
  for (; at < end; at += 4) {
    const other = positions + ((<usize>load<u32>(tails + at)) << 3);
    const dx = x - load<f32>(other);
    const dy = y - load<f32>(other, 4);
    sum += load<f32>(joints + at) * logarithm(1 + dx * dx + dy * dy);
  }
  return sum;
}

function spreadInSpace(row: u32): f32 {
  const own = positions + ((<usize>row) << 4);
  const end = pairsOf(row + 1);
  let sum: f32 = 0;
  for (let at = pairsOf(row); at < end; at += 4) {
    const other = positions + ((<usize>load<u32>(tails + at)) << 4);
    const dx = load<f32>(own) - load<f32>(other);
    const dy = load<f32>(own, 4) - load<f32>(other, 4);
    const dz = load<f32>(own, 8) - load<f32>(other, 8);
    sum += load<f32>(joints + at) * logarithm(1 + dx * dx + dy * dy + dz * dz);
  }
  return sum;
}
