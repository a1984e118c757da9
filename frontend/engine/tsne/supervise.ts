/**
 * Supervision by classes: pairs of the same class gain weight, pairs of different classes lose it, and the sum is 1
 * again. At strength 1 no pair of different classes is left; a row without a class keeps its pairs unchanged. The idea,
 * though not the formula, is that of TensorBoard's projector.
 */
import { joints, labels, neighbors, rows, tails } from "./arrays";
import { forgetEntropy } from "./divergence";
import { pairsOf } from "./pairs";

/**
 * Keeps the joint probabilities as they are without supervision, so that its strength can change. They lie where the
 * graph was, which is no longer used: 12 bytes per neighbor, which is in two pairs at most, of 4 bytes each.
 */
export function keepJoints(): void {
  memory.copy(neighbors, joints, pairsOf(rows));
}

/** Weighs the probabilities that were kept. */
export function superviseRows(strength: f32): void {
  let before: f64 = 0;
  let after: f64 = 0;
  for (let row: u32 = 0; row < rows; ++row) {
    const label = load<i32>(labels + ((<usize>row) << 2));
    const end = pairsOf(row + 1);
    for (let at = pairsOf(row); at < end; at += 4) {
      const other = load<i32>(labels + ((<usize>load<u32>(tails + at)) << 2));
      const joint = load<f32>(neighbors + at);
      const factor: f32 = label < 0 || other < 0 ? 1 : label === other ? 1 + strength : 1 - strength;
      before += joint;
      after += joint * factor;
      store<f32>(joints + at, joint * factor);
    }
  }
  if (after > 0) scaleJoints(<f32>(before / after));
  forgetEntropy();
}

function scaleJoints(factor: f32): void {
  const end = pairsOf(rows);
  for (let at: usize = 0; at < end; at += 4) store<f32>(joints + at, load<f32>(joints + at) * factor);
}
