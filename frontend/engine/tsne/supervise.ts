/**
 * Supervision by classes: pairs of the same class gain weight, pairs of different classes lose it, and the sum is 1
 * again. At strength 1 no pair of different classes is left; a row without a class keeps its pairs unchanged. The idea,
 * though not the formula, is that of TensorBoard's projector.
 */
import { joints, labels, offsets, rows, tails } from "./arrays";

export function superviseRows(strength: f32): void {
  let before: f64 = 0;
  let after: f64 = 0;
  for (let row: u32 = 0; row < rows; ++row) {
    const label = load<i32>(labels + ((<usize>row) << 2));
    const end = (<usize>load<u32>(offsets + ((<usize>row + 1) << 2))) << 2;
    for (let at = (<usize>load<u32>(offsets + ((<usize>row) << 2))) << 2; at < end; at += 4) {
      const other = load<i32>(labels + ((<usize>load<u32>(tails + at)) << 2));
      const joint = load<f32>(joints + at);
      const factor: f32 = label < 0 || other < 0 ? 1 : label === other ? 1 + strength : 1 - strength;
      before += joint;
      after += joint * factor;
      store<f32>(joints + at, joint * factor);
    }
  }
  if (after > 0) scaleJoints(<f32>(before / after));
}

function scaleJoints(factor: f32): void {
  const end = (<usize>load<u32>(offsets + ((<usize>rows) << 2))) << 2;
  for (let at: usize = 0; at < end; at += 4) store<f32>(joints + at, load<f32>(joints + at) * factor);
}
