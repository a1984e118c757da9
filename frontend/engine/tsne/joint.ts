/**
 * From conditional to joint probabilities, p(i,j) = (p(j|i) + p(i|j)) / 2n: every row is paired once with each row that
 * is its neighbor or has it as a neighbor.
 */
import {
  conditionals,
  incoming,
  incomingOffsets,
  joints,
  k,
  marks,
  neighbors,
  offsets,
  reservePairs,
  rows,
  tails,
} from "./arrays";

function offsetAt(list: usize, row: u32): u32 {
  return load<u32>(list + ((<usize>row) << 2));
}

/** Number of pairs of the rows counted so far. */
let pairs: u32 = 0;

/** Counts the incoming edges of each row, from `count` rows starting at `first`: first half of a counting sort. */
export function countIncoming(first: u32, count: u32): void {
  if (first === 0) memory.fill(incomingOffsets, 0, (<usize>rows + 2) << 2);
  const end = <usize>(first + count) * k;
  for (let edge = <usize>first * k; edge < end; ++edge) {
    if (load<f32>(conditionals + (edge << 2)) === 0) continue;
    const counter = incomingOffsets + ((<usize>load<u32>(neighbors + (edge << 2)) + 2) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  if (first + count === rows) sumCounts();
}

/** Counters are stored one item after the row's offset, so that after summation each is at the row's beginning. */
function sumCounts(): void {
  for (let row: u32 = 1; row < rows + 2; ++row) {
    const at = incomingOffsets + ((<usize>row) << 2);
    store<u32>(at, load<u32>(at) + load<u32>(at - 4));
  }
}

/** Lists the counted edges: second half, after which each counter is at its row's end, the next one's offset. */
export function listIncoming(first: u32, count: u32): void {
  const end = <usize>(first + count) * k;
  for (let edge = <usize>first * k; edge < end; ++edge) {
    if (load<f32>(conditionals + (edge << 2)) === 0) continue;
    const counter = incomingOffsets + ((<usize>load<u32>(neighbors + (edge << 2)) + 1) << 2);
    const index = load<u32>(counter);
    store<u32>(incoming + ((<usize>index) << 2), <u32>edge);
    store<u32>(counter, index + 1);
  }
}

/** Counts the pairs of `count` rows starting at `first`; after the last row allocates all. False without memory. */
export function countPairs(first: u32, count: u32): bool {
  if (first === 0) {
    pairs = 0;
    memory.fill(marks, 0, (<usize>rows) << 3);
  }
  for (let row = first; row < first + count; ++row) {
    store<u32>(offsets + ((<usize>row) << 2), pairs);
    pairs = joinRow(row, pairs, false);
  }
  if (first + count < rows) return true;
  store<u32>(offsets + ((<usize>rows) << 2), pairs);
  memory.fill(marks, 0, (<usize>rows) << 3);
  return reservePairs(pairs);
}

/** Fills in the pairs of `count` rows starting at `first`. */
export function joinRows(first: u32, count: u32): void {
  for (let row = first; row < first + count; ++row) joinRow(row, offsetAt(offsets, row), true);
}

/** Visits the row's neighbors, then the rows that have it as a neighbor. Returns the index after its last pair. */
function joinRow(row: u32, start: u32, fills: bool): u32 {
  let next = start;
  const first = <usize>row * k;
  for (let edge = first; edge < first + k; ++edge) {
    const probability = load<f32>(conditionals + (edge << 2));
    if (probability > 0) next = addPair(row, load<u32>(neighbors + (edge << 2)), probability, next, fills);
  }
  const end = offsetAt(incomingOffsets, row + 1);
  for (let at = offsetAt(incomingOffsets, row); at < end; ++at) {
    const edge = load<u32>(incoming + ((<usize>at) << 2));
    next = addPair(row, edge / k, load<f32>(conditionals + ((<usize>edge) << 2)), next, fills);
  }
  return next;
}

function addPair(row: u32, tail: u32, probability: f32, next: u32, fills: bool): u32 {
  const mark = marks + ((<usize>tail) << 3);
  const isNew = load<u32>(mark) !== row + 1;
  if (isNew) {
    store<u32>(mark, row + 1);
    store<u32>(mark, next, 4);
  }
  if (fills) {
    const offset = (<usize>load<u32>(mark, 4)) << 2;
    const before: f32 = isNew ? 0 : load<f32>(joints + offset);
    store<u32>(tails + offset, tail);
    store<f32>(joints + offset, before + probability / (2 * <f32>rows));
  }
  return isNew ? next + 1 : next;
}
