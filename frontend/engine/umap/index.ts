/**
 * UMAP's layout in WebAssembly: fuzzy simplicial set of a neighbor graph, then stochastic gradient descent. What runs
 * long comes in calls over a range of rows, so that the caller decides how long a slice is. `src/engine/umap.ts` calls.
 */
import { marks, offsetOf, positions, reserve, stagedDistances, stagedNeighbors, tails, weights } from "./arrays";
import { followEdge, setCurve } from "./forces";
import { beginFilling, beginMerging, countEdges, fillEdges, mergeEdges } from "./fuzzy_union";
import { power, powerOfFour } from "./power";
import { seedStreams } from "./random";
import { beginScheduling, dueEdges, negativesDue, scheduleEdges } from "./schedule";
import { smoothRows } from "./smooth_knn";
import { reconnectRows, weakenEdges } from "./supervision";

export {
  beginFilling, beginMerging, beginScheduling, countEdges, fillEdges, mergeEdges, offsetOf, reconnectRows, reserve,
  scheduleEdges, seedStreams, setCurve, smoothRows, weakenEdges,
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

/** Follows the edges of the rows from `first` to before `last` that are due in this epoch, counted from 1. */
export function runEpoch(epoch: u32, rate: f32, negativesPerSample: u32, first: u32, last: u32): void {
  for (let head = first; head < last; ++head) {
    const end = offsetOf(head + 1);
    for (let edge = offsetOf(head); edge < end; edge += 4) {
      for (let due = dueEdges(edge, end, epoch); due != 0; due &= due - 1) {
        const now = edge + ctz(due);
        const tail = load<u32>(tails + (<usize>now << 2));
        followEdge(head, tail, negativesDue(now, epoch, negativesPerSample), rate);
      }
    }
  }
}

/** x^b as the layout computes it, for tests of its accuracy. */
export function powerAt(x: f32, b: f32): f32 {
  if (ASC_FEATURE_SIMD) return f32x4.extract_lane(powerOfFour(f32x4.splat(x), f32x4.splat(b)), 0);
  return power(x, b);
}
