/**
 * UMAP's layout in WebAssembly: fuzzy simplicial set of a neighbor graph, then stochastic gradient descent. Long
 * computations are split into calls over ranges of rows, so that the caller, `src/engine/umap.ts`, controls the length
 * of a slice.
 */
import { marks, offsetOf, positions, reserve, stagedDistances, stagedNeighbors, tails, weights } from "./arrays";
import { runEpoch } from "./epoch";
import { setCurve } from "./forces";
import { beginFilling, beginMerging, countEdges, fillEdges, mergeEdges } from "./fuzzy_union";
import { power, powerOfFour } from "./power";
import { seedStreams } from "./random";
import { beginScheduling, dueEdges, negativesDue, scheduleEdges } from "./schedule";
import { smoothRows } from "./smooth_knn";
import { reconnectRows, weakenEdges } from "./supervision";

export {
  beginFilling,
  beginMerging,
  beginScheduling,
  countEdges,
  dueEdges,
  fillEdges,
  mergeEdges,
  negativesDue,
  offsetOf,
  reconnectRows,
  reserve,
  runEpoch,
  scheduleEdges,
  seedStreams,
  setCurve,
  smoothRows,
  weakenEdges,
};

export function addressOfNeighbors(): usize {
  return stagedNeighbors;
}

export function addressOfDistances(): usize {
  return stagedDistances;
}

export function addressOfLabels(): usize {
  return marks;
}

export function addressOfPositions(): usize {
  return positions;
}

export function addressOfTails(): usize {
  return tails;
}

export function addressOfWeights(): usize {
  return weights;
}

/** x^b as the layout computes it, for tests of its accuracy. */
export function powerAt(x: f32, b: f32): f32 {
  if (ASC_FEATURE_SIMD) return f32x4.extract_lane(powerOfFour(f32x4.splat(x), f32x4.splat(b)), 0);
  return power(x, b);
}
