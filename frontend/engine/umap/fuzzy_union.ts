/**
 * The edges of the fuzzy simplicial set: symmetrizes the graph. A directed weight a and its opposite b become a + b -
 * ab (the probabilistic t-conorm). Each edge is stored from both of its ends.
 */
import { k, marks, offsetOf, offsets, rows, stagedDistances, stagedNeighbors, tails, weights } from "./arrays";
import { weightOf } from "./smooth_knn";

/** Number of edges merged so far. */
let merged: u32 = 0;
/** Index of the first edge of the next row to be merged. */
let unmerged: u32 = 0;

function isEdge(head: u32, tail: i32): bool {
  return tail >= 0 && <u32>tail !== head;
}

/** Counts the edges at both ends of `count` staged rows, two places ahead: see `beginFilling`. */
export function countEdges(first: u32, count: u32): void {
  for (let r: u32 = 0; r < count; ++r) {
    const head = first + r;
    for (let i: u32 = 0; i < k; ++i) {
      const tail = load<i32>(stagedNeighbors + ((<usize>r * k + i) << 2));
      if (!isEdge(head, tail)) continue;
      increase(head + 2);
      increase(<u32>tail + 2);
    }
  }
}

/** Returns the previous value of the number at `index`. */
function increase(index: u32): u32 {
  const address = offsets + ((<usize>index) << 2);
  const before = load<u32>(address);
  store<u32>(address, before + 1);
  return before;
}

/** Sums the counts: `offsets[row + 1]` becomes the index of the next edge of `row`, and finally its end. */
export function beginFilling(): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < rows + 2; ++index) {
    sum += load<u32>(offsets + ((<usize>index) << 2));
    store<u32>(offsets + ((<usize>index) << 2), sum);
  }
}

/** Writes the edges of `count` staged rows from both ends. */
export function fillEdges(first: u32, count: u32): void {
  for (let r: u32 = 0; r < count; ++r) {
    const head = first + r;
    for (let i: u32 = 0; i < k; ++i) {
      const tail = load<i32>(stagedNeighbors + ((<usize>r * k + i) << 2));
      if (!isEdge(head, tail)) continue;
      const weight = weightOf(head, load<f32>(stagedDistances + ((<usize>r * k + i) << 2)));
      put(increase(head + 1), <u32>tail, weight);
      put(increase(<u32>tail + 1), head, weight);
    }
  }
}

function put(edge: u32, tail: u32, weight: f32): void {
  store<u32>(tails + ((<usize>edge) << 2), tail);
  store<f32>(weights + ((<usize>edge) << 2), weight);
}

export function beginMerging(): void {
  merged = 0;
  unmerged = 0;
  memory.fill(marks, 0, (<usize>rows) << 2);
}

/**
 * Merges the two directions of each edge of `count` rows; must be called for all rows in order. A mark beyond the row's
 * first edge can only be the row's own, so that marks need no clearing. Returns the largest weight among them.
 */
export function mergeEdges(first: u32, count: u32): f32 {
  let largest: f32 = 0;
  for (let row = first; row < first + count; ++row) {
    const end = offsetOf(row + 1);
    const start = merged;
    store<u32>(offsets + ((<usize>row) << 2), start);
    for (let edge = unmerged; edge < end; ++edge) largest = max(largest, merge(edge, start));
    unmerged = end;
  }
  if (first + count === rows) store<u32>(offsets + ((<usize>rows) << 2), merged);
  return largest;
}

/** Appends an edge to the merged ones, or merges it with its opposite if that is already there. Returns the weight. */
function merge(edge: u32, start: u32): f32 {
  const tail = load<u32>(tails + ((<usize>edge) << 2));
  const weight = load<f32>(weights + ((<usize>edge) << 2));
  const mark = marks + ((<usize>tail) << 2);
  const opposite = load<u32>(mark);
  if (opposite <= start) {
    put(merged++, tail, weight);
    store<u32>(mark, merged);
    return weight;
  }
  const address = weights + ((<usize>(opposite - 1)) << 2);
  const other = load<f32>(address);
  const both = other + weight - other * weight;
  store<f32>(address, both);
  return both;
}
