/** Supervision by labels: edges between rows of different labels lose weight, as in umap-learn. */
import { marks, offsetOf, rhos, tails, weights } from "./arrays";

/** Distance assumed between rows of unknown label and all others. */
const UNKNOWN_DISTANCE: f64 = 1;
const UNKNOWN: i32 = -1;

function labelOf(row: u32): i32 {
  return load<i32>(marks + ((<usize>row) << 2));
}

/** Weakens the edges of `count` rows by their labels and stores the largest weight left in each row. */
export function weakenEdges(first: u32, count: u32, farDistance: f64): void {
  const unknown = <f32>Math.exp(-UNKNOWN_DISTANCE);
  const different = <f32>Math.exp(-farDistance);
  for (let row = first; row < first + count; ++row) {
    const label = labelOf(row);
    let largest: f32 = 0;
    for (let edge = offsetOf(row); edge < offsetOf(row + 1); ++edge) {
      const other = labelOf(load<u32>(tails + ((<usize>edge) << 2)));
      const share: f32 = label === UNKNOWN || other === UNKNOWN ? unknown : label === other ? 1 : different;
      const weight = load<f32>(weights + ((<usize>edge) << 2)) * share;
      store<f32>(weights + ((<usize>edge) << 2), weight);
      largest = max(largest, weight);
    }
    store<f32>(rhos + ((<usize>row) << 2), largest);
  }
}

/**
 * Rescales each of `count` rows so that its strongest edge is certain again, then merges both directions as before.
 * Here an edge has the same weight from both ends, so neither needs the other's list. Returns the largest weight among
 * them.
 */
export function reconnectRows(first: u32, count: u32): f32 {
  let largest: f32 = 0;
  for (let row = first; row < first + count; ++row) {
    for (let edge = offsetOf(row); edge < offsetOf(row + 1); ++edge) {
      const address = weights + ((<usize>edge) << 2);
      const weight = load<f32>(address);
      if (weight === 0) continue;
      const here = weight / load<f32>(rhos + ((<usize>row) << 2));
      const there = weight / load<f32>(rhos + ((<usize>load<u32>(tails + ((<usize>edge) << 2))) << 2));
      const both = here + there - here * there;
      store<f32>(address, both);
      largest = max(largest, both);
    }
  }
  return largest;
}
