/**
 * Memory layout of one UMAP layout's arrays. They are laid out once, before any computation; nothing is freed.
 *
 * 16 bytes per neighbor of the graph (each is an edge from both of its ends), 24 bytes per row (32 in three
 * dimensions), and the staging area through which the graph is loaded: 265 MB for a million rows with 15 neighbors.
 */
export let rows: u32 = 0;
export let k: u32 = 0;
export let dimensions: u32 = 2;

/** First edge of each row, u32, rows + 2 (the last is used while edges are filled in). */
export let offsets: usize = 0;
/** Distance to the nearest neighbor, f32. Later, with labels, the largest weight of the row. */
export let rhos: usize = 0;
/** Bandwidth, f32. */
export let sigmas: usize = 0;
/** Last edge that ended in a row, plus one, u32; once the edges are merged, the label of each row, i32. */
export let marks: usize = 0;
/** Position of each row, f32: x y, so that twice as many fit in the CPU cache; in 3-D x y z and padding. */
export let positions: usize = 0;
/** Base-2 logarithm of a position's size in bytes. */
let positionShift: u32 = 3;
/** Staged rows of the graph: neighbors i32, then distances f32, k per row. */
export let stagedNeighbors: usize = 0;
export let stagedDistances: usize = 0;
/** The other end of each edge, u32. */
export let tails: usize = 0;
/** The weight of each edge, f32; later its rate, u32. */
export let weights: usize = 0;

/** Padding in bytes: a vector load may read beyond the last item. */
const SLACK: u64 = 16;
const PAGE: u64 = 65536;

let top: u64 = 0;

function allocate(items: u64, bytes: u64): usize {
  const start = top;
  top = (top + items * bytes + SLACK) & ~(<u64>15);
  return <usize>start;
}

/** Lays out the arrays. False without enough memory: no function may be called then. */
export function reserve(rowCount: u32, neighbors: u32, dims: u32, stagedRows: u32): bool {
  rows = rowCount;
  k = neighbors;
  dimensions = dims;
  positionShift = dims === 2 ? 3 : 4;
  top = (<u64>__heap_base + 15) & ~(<u64>15);
  const edges = 2 * <u64>rows * k;
  offsets = allocate(<u64>rows + 2, 4);
  rhos = allocate(rows, 4);
  sigmas = allocate(rows, 4);
  marks = allocate(rows, 4);
  positions = allocate(rows, 1 << positionShift);
  stagedNeighbors = allocate(<u64>stagedRows * k, 4);
  stagedDistances = allocate(<u64>stagedRows * k, 4);
  tails = allocate(edges, 4);
  weights = allocate(edges, 4);
  const pages = (top + PAGE - 1) / PAGE;
  if (pages > 65535) return false;
  const missing = <i64>pages - <i64>memory.size();
  return missing <= 0 || memory.grow(<i32>missing) >= 0;
}

export function offsetOf(row: u32): u32 {
  return load<u32>(offsets + ((<usize>row) << 2));
}

/** Address of a row's position. */
export function at(row: u32): usize {
  return positions + ((<usize>row) << positionShift);
}
