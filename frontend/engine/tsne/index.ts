/**
 * t-SNE in WebAssembly: joint probabilities of a neighbor graph, then gradient descent. Long computations before the
 * first iteration are split into calls over ranges of rows, so that the caller, `src/engine/tsne.ts`, controls the
 * length of a slice.
 */
import { gains, reserve, rows, steps, stride } from "./arrays";
import { attract } from "./attraction";
import { descend } from "./descent";
import { divergence } from "./divergence";
import { countIncoming, countPairs, joinRows, listIncoming } from "./joint";
import { calibrateRows } from "./perplexity";
import { repel } from "./repulsion";
import { keepJoints, superviseRows } from "./supervise";

export {
  addressOfAttractions,
  addressOfConditionals,
  addressOfJoints,
  addressOfLabels,
  addressOfNeighbors,
  addressOfOffsets,
  addressOfPositions,
  addressOfRepulsions,
  addressOfTails,
} from "./addresses";
export { calibrateRows, countIncoming, countPairs, joinRows, keepJoints, listIncoming, repel, reserve, superviseRows };

/** Sets all gains to 1 and all velocities to 0. */
export function beginDescent(): void {
  const items = <usize>rows * stride;
  for (let item: usize = 0; item < items; ++item) {
    store<f32>(gains + (item << 2), 1);
    store<f32>(steps + (item << 2), 0);
  }
}

/** One iteration. Returns Z of the positions before it; 0 without enough memory. */
export function iterate(exaggeration: f32, learningRate: f32, momentum: f32): f64 {
  const normalization = repel();
  if (normalization <= 0) return 0;
  attract();
  descend(exaggeration, normalization, learningRate, momentum);
  return normalization;
}

/** KL(P || Q) of the current positions (van der Maaten and Hinton 2008, equation 2), in nats; NaN without memory. */
export function measureDivergence(): f64 {
  const normalization = repel();
  return normalization > 0 ? divergence() + Math.log(normalization) : NaN;
}

/** The same in two steps, where the repulsions at the current positions are computed elsewhere: first the attractions. */
export function computeAttractions(): void {
  attract();
}

/** Then, once `repulsions` are filled in, the descent; `normalization` is Z. */
export function descendWith(exaggeration: f32, normalization: f64, learningRate: f32, momentum: f32): void {
  descend(exaggeration, normalization, learningRate, momentum);
}

/** KL(P || Q) as `measureDivergence` returns it, where Z is known. */
export function divergenceWith(normalization: f64): f64 {
  return divergence() + Math.log(normalization);
}
