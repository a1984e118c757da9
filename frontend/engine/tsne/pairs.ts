/** The pairs of a row with a joint probability. */
import { offsets, positions, tails } from "./arrays";

/** Bytes from the first pair of all to the first of this row. */
export function pairsOf(row: u32): usize {
  return (<usize>load<u32>(offsets + ((<usize>row) << 2))) << 2;
}

export function addLanes(four: v128): f32 {
  const two = f32x4.add(four, i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}

/** In 2-D, x x y y of the other rows of two pairs, the first of them `at` bytes from the first pair of all. */
export function othersOfTwo(at: usize): v128 {
  const a = v128.load64_zero(positions + ((<usize>load<u32>(tails + at)) << 3));
  const b = v128.load64_zero(positions + ((<usize>load<u32>(tails + at, 4)) << 3));
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
}
