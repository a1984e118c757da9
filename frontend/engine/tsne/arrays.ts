/**
 * Memory layout of one t-SNE layout's arrays. Those of the points are laid out once; joint probabilities follow when
 * their number is known, and after them the data of the repulsion: a grid or a tree, which grows with the layout.
 * Nothing is freed.
 *
 * 12 bytes per neighbor of the graph while the probabilities are made joint, 8 bytes per pair afterwards (about 1.5
 * pairs per neighbor); 40 bytes per row in 2-D, 80 in 3-D.
 */
export let rows: u32 = 0;
export let k: u32 = 0;
export let dimensions: u32 = 2;
/** Items per position: x y, or x y z and padding, so that a single load reads all of it. */
export let stride: u32 = 2;

/**
 * Conditional probabilities p(j|i) and their j: rows × k, f32 and u32; missing neighbors have probability 0. With
 * supervision, joint probabilities are kept there later, from `neighbors` to the end of `incoming`.
 */
export let conditionals: usize = 0;
export let neighbors: usize = 0;
/** Class of each row, i32, -1 unknown: read only with supervision. */
export let labels: usize = 0;
/** For each row, the last row that visited it, plus one, and the index assigned to it: u32 each. */
export let marks: usize = 0;
/** First incoming edge of each row, u32, rows + 1; then the incoming edges, as indices into `neighbors`. */
export let incomingOffsets: usize = 0;
export let incoming: usize = 0;
/** First pair of each row, u32, rows + 1. */
export let offsets: usize = 0;
/** The other row of each pair, u32, and the pair's joint probability, f32. */
export let tails: usize = 0;
export let joints: usize = 0;
/** f32, `stride` per row. */
export let positions: usize = 0;
export let attractions: usize = 0;
export let repulsions: usize = 0;
export let steps: usize = 0;
export let gains: usize = 0;

/** Padding in bytes: a vector load may read beyond the last item. */
const SLACK: u64 = 64;
const PAGE: u64 = 65536;

let top: u64 = 0;
let fixedTop: u64 = 0;

/** Allocates `items` of `bytes` each, 16-byte aligned; 0 when the browser grants no more memory. */
export function allocate(items: u64, bytes: u64): usize {
  const start = top;
  const end = (start + items * bytes + SLACK + 15) & ~(<u64>15);
  const pages = (end + PAGE - 1) / PAGE;
  const missing = <i64>pages - <i64>memory.size();
  if (pages > 65536 || (missing > 0 && memory.grow(<i32>missing) < 0)) return 0;
  top = end;
  return <usize>start;
}

/** Frees everything allocated by `allocate` since `fixTop`. */
export function resetTop(): void {
  top = fixedTop;
}

function fixTop(): void {
  fixedTop = top;
}

/** Lays out the arrays of the points. False without enough memory: no function may be called then. */
export function reserve(rowCount: u32, neighborCount: u32, dims: u32): bool {
  rows = rowCount;
  k = neighborCount;
  dimensions = dims;
  stride = dims === 2 ? 2 : 4;
  top = (<u64>__heap_base + 15) & ~(<u64>15);
  const items = <u64>rows * stride;
  positions = allocate(items, 4);
  attractions = allocate(items, 4);
  repulsions = allocate(items, 4);
  steps = allocate(items, 4);
  gains = allocate(items, 4);
  labels = allocate(rows, 4);
  marks = allocate(rows, 8);
  offsets = allocate(<u64>rows + 1, 4);
  fixTop();
  incomingOffsets = allocate(<u64>rows + 2, 4);
  neighbors = allocate(<u64>rows * k, 4);
  conditionals = allocate(<u64>rows * k, 4);
  incoming = allocate(<u64>rows * k, 4);
  return !!(
    positions &&
    attractions &&
    repulsions &&
    steps &&
    gains &&
    labels &&
    marks &&
    offsets &&
    incomingOffsets &&
    neighbors &&
    conditionals &&
    incoming
  );
}

/** Allocates `pairs` joint probabilities, after the conditionals, which are unused once the pairs are filled in. */
export function reservePairs(pairs: u32): bool {
  tails = allocate(pairs, 4);
  joints = allocate(pairs, 4);
  fixTop();
  return !!(tails && joints);
}
