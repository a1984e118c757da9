/** Attraction: for each row, the sum over its pairs of p q (y_i - y_j) with q = 1 / (1 + |y_i - y_j|²). */
import { attractions, joints, positions, rows, stride, tails } from "./arrays";
import { addLanes, othersOfTwo, pairsOf } from "./pairs";

export function attract(): void {
  for (let row: u32 = 0; row < rows; ++row) {
    if (stride === 2) attractInPlane(row);
    else attractInSpace(row);
  }
}

function attractInPlane(row: u32): void {
  const own = positions + ((<usize>row) << 3);
  const x = load<f32>(own);
  const y = load<f32>(own, 4);
  const end = pairsOf(row + 1);
  let at = pairsOf(row);
  let sumX: f32 = 0;
  let sumY: f32 = 0;
  if (ASC_FEATURE_SIMD) {
    const ownX = f32x4.splat(x);
    const ownY = f32x4.splat(y);
    let sumsX = f32x4.splat(0);
    let sumsY = f32x4.splat(0);
    for (; at + 16 <= end; at += 16) {
      const ab = othersOfTwo(at);
      const cd = othersOfTwo(at + 8);
      const dx = f32x4.sub(ownX, i64x2.shuffle(ab, cd, 0, 2));
      const dy = f32x4.sub(ownY, i64x2.shuffle(ab, cd, 1, 3));
      const squares = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
      const pulls = f32x4.div(v128.load(joints + at), f32x4.add(squares, f32x4.splat(1)));
      sumsX = f32x4.add(sumsX, f32x4.mul(pulls, dx));
      sumsY = f32x4.add(sumsY, f32x4.mul(pulls, dy));
    }
    sumX = addLanes(sumsX);
    sumY = addLanes(sumsY);
  }
  for (; at < end; at += 4) {
    const other = positions + ((<usize>load<u32>(tails + at)) << 3);
    const dx = x - load<f32>(other);
    const dy = y - load<f32>(other, 4);
    const pull = load<f32>(joints + at) / (1 + dx * dx + dy * dy);
    sumX += pull * dx;
    sumY += pull * dy;
  }
  store<f32>(attractions + ((<usize>row) << 3), sumX);
  store<f32>(attractions + ((<usize>row) << 3), sumY, 4);
}

function attractInSpace(row: u32): void {
  const own = positions + ((<usize>row) << 4);
  const end = pairsOf(row + 1);
  const result = attractions + ((<usize>row) << 4);
  if (ASC_FEATURE_SIMD) {
    const position = v128.load(own);
    let sums = f32x4.splat(0);
    for (let at = pairsOf(row); at < end; at += 4) {
      const offset = f32x4.sub(position, v128.load(positions + ((<usize>load<u32>(tails + at)) << 4)));
      const pull = load<f32>(joints + at) / (1 + addLanes(f32x4.mul(offset, offset)));
      sums = f32x4.add(sums, f32x4.mul(f32x4.splat(pull), offset));
    }
    v128.store(result, sums);
    return;
  }
  let sumX: f32 = 0;
  let sumY: f32 = 0;
  let sumZ: f32 = 0;
  for (let at = pairsOf(row); at < end; at += 4) {
    const other = positions + ((<usize>load<u32>(tails + at)) << 4);
    const dx = load<f32>(own) - load<f32>(other);
    const dy = load<f32>(own, 4) - load<f32>(other, 4);
    const dz = load<f32>(own, 8) - load<f32>(other, 8);
    const pull = load<f32>(joints + at) / (1 + dx * dx + dy * dy + dz * dz);
    sumX += pull * dx;
    sumY += pull * dy;
    sumZ += pull * dz;
  }
  store<f32>(result, sumX);
  store<f32>(result, sumY, 4);
  store<f32>(result, sumZ, 8);
  store<f32>(result, 0, 12);
}
