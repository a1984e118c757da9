/** The pairs of a row with a joint probability. */
import { offsets } from "./arrays";

/** Bytes from the first pair of all to the first of this row. */
export function pairsOf(row: u32): usize {
  return (<usize>load<u32>(offsets + ((<usize>row) << 2))) << 2;
}

export function addLanes(four: v128): f32 {
  const two = f32x4.add(four, i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
