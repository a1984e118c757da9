/**
 * Repulsion in 3-D: Barnes and Hut's octree (1986; van der Maaten 2014 for t-SNE). Nodes are in depth-first order, each
 * with the index to continue at when its inside is skipped, so that a walk needs no stack. Four rows that are adjacent
 * in Morton order walk together: a node is taken as a whole when it is far enough from all four.
 */
import { allocate, repulsions, rows } from "./arrays";
import { BITS, codes, order, reserveOrder, sorted, sortRows } from "./order";

/**
 * Ratio of a node's side to its distance below which it is taken as a whole. At 0.6 forces are off by 1 % of their root
 * mean square in clusters, 2 % for evenly spread rows, and Z by 0.7 % at most.
 */
const THETA: f32 = 0.6;
/** Maximum number of rows in a leaf, unless they share one smallest cell: these are always taken as a whole. */
const LEAF_ROWS: u32 = 8;
/** x, y, z of the center, rows; side², node to skip to, first row, rows of a leaf (0: not a leaf). */
const NODE_BYTES: u32 = 32;

let nodes: usize = 0;
let nodeCount: u32 = 0;
let isReserved = false;
let rootSide: f32 = 0;

function nodeAt(index: u32): usize {
  return nodes + <usize>index * NODE_BYTES;
}

/** Fills in `repulsions` and returns Z, the sum over all pairs of distinct rows; 0 without enough memory. */
export function repelByTree(extent: f32, fromX: f32, fromY: f32, fromZ: f32): f64 {
  if (!isReserved) {
    nodes = allocate(2 * <u64>rows + 1, NODE_BYTES);
    isReserved = reserveOrder() && nodes !== 0;
    if (!isReserved) return 0;
  }
  sortRows(extent, fromX, fromY, fromZ);
  rootSide = extent;
  nodeCount = 0;
  buildNode(0, rows, 0);
  let sum: f64 = 0;
  for (let first: u32 = 0; first < rows; first += 4) sum += ASC_FEATURE_SIMD ? walkWithFour(first) : walkAlone(first);
  return sum - rows; // Every row met itself, with weight 1.
}

/** Builds a node of the sorted rows [`start`, `end`), which share the first `depth` levels of their codes. */
function buildNode(start: u32, end: u32, depth: u32): void {
  const index = nodeCount++;
  const level = sharedLevels(start, end, depth);
  const isLeaf = end - start <= LEAF_ROWS || level === BITS;
  const side: f32 = level === BITS ? 0 : rootSide / <f32>(1 << level);
  store<f32>(nodeAt(index), side * side, 16);
  store<u32>(nodeAt(index), start, 24);
  store<u32>(nodeAt(index), isLeaf && end - start <= LEAF_ROWS ? end - start : 0, 28);
  if (!isLeaf) buildInside(start, end, level);
  else if (level === BITS) store<f32>(nodeAt(index), 0, 16);
  store<u32>(nodeAt(index), nodeCount, 20);
  weighNode(index, start, end, isLeaf);
}

function buildInside(start: u32, end: u32, level: u32): void {
  const shift = 3 * (BITS - 1 - level);
  let first = start;
  while (first < end) {
    const last = endOfDigit(first, end, shift);
    buildNode(first, last, level + 1);
    first = last;
  }
}

/** Number of levels at which all of these rows are in one cell: the tree omits nodes with a single child. */
function sharedLevels(start: u32, end: u32, depth: u32): u32 {
  const difference = load<u32>(codes + ((<usize>start) << 2)) ^ load<u32>(codes + ((<usize>(end - 1)) << 2));
  if (difference === 0) return BITS;
  return max(depth, (clz(difference) - 2) / 3);
}

/** The first row that differs from row `first` in this digit or a higher one, by bisection. */
function endOfDigit(first: u32, end: u32, shift: u32): u32 {
  const own = load<u32>(codes + ((<usize>first) << 2)) >> shift;
  let low = first + 1;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(codes + ((<usize>middle) << 2)) >> shift === own) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Computes its center of mass: from the rows in a leaf, otherwise from its children's centers. */
function weighNode(index: u32, start: u32, end: u32, isLeaf: bool): void {
  let x: f64 = 0;
  let y: f64 = 0;
  let z: f64 = 0;
  if (isLeaf) {
    for (let at = start; at < end; ++at) {
      const row = sorted + ((<usize>at) << 4);
      x += load<f32>(row);
      y += load<f32>(row, 4);
      z += load<f32>(row, 8);
    }
  } else {
    for (let child = index + 1; child < nodeCount; child = load<u32>(nodeAt(child), 20)) {
      const mass = <f64>load<f32>(nodeAt(child), 12);
      x += mass * load<f32>(nodeAt(child));
      y += mass * load<f32>(nodeAt(child), 4);
      z += mass * load<f32>(nodeAt(child), 8);
    }
  }
  const mass = <f64>(end - start);
  store<f32>(nodeAt(index), <f32>(x / mass));
  store<f32>(nodeAt(index), <f32>(y / mass), 4);
  store<f32>(nodeAt(index), <f32>(z / mass), 8);
  store<f32>(nodeAt(index), <f32>mass, 12);
}

// --- Walks ---

/** Processes the sorted rows `first` to `first` + 3. Returns their part of Z, including each row's own weight of 1. */
function walkWithFour(first: u32): f64 {
  const start = sorted + ((<usize>first) << 4);
  const a = v128.load(start);
  const b = v128.load(start, 16);
  const c = v128.load(start, 32);
  const d = v128.load(start, 48);
  const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const x = i64x2.shuffle(abLow, cdLow, 0, 2);
  const y = i64x2.shuffle(abLow, cdLow, 1, 3);
  const z = i64x2.shuffle(i32x4.shuffle(a, b, 2, 6, 3, 7), i32x4.shuffle(c, d, 2, 6, 3, 7), 0, 2);
  const one = f32x4.splat(1);
  const thetaSquare = f32x4.splat(THETA * THETA);
  let sum = f32x4.splat(0);
  let forceX = f32x4.splat(0);
  let forceY = f32x4.splat(0);
  let forceZ = f32x4.splat(0);
  let node: u32 = 0;
  while (node < nodeCount) {
    const at = nodeAt(node);
    const dx = f32x4.sub(x, v128.load32_splat(at));
    const dy = f32x4.sub(y, v128.load32_splat(at, 4));
    const dz = f32x4.sub(z, v128.load32_splat(at, 8));
    const square = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), f32x4.mul(dz, dz));
    if (i32x4.all_true(f32x4.le(v128.load32_splat(at, 16), f32x4.mul(thetaSquare, square)))) {
      const q = f32x4.div(one, f32x4.add(one, square));
      const weight = f32x4.mul(v128.load32_splat(at, 12), q);
      const force = f32x4.mul(weight, q);
      sum = f32x4.add(sum, weight);
      forceX = f32x4.add(forceX, f32x4.mul(force, dx));
      forceY = f32x4.add(forceY, f32x4.mul(force, dy));
      forceZ = f32x4.add(forceZ, f32x4.mul(force, dz));
      node = load<u32>(at, 20);
      continue;
    }
    const count = load<u32>(at, 28);
    if (count === 0) {
      ++node;
      continue;
    }
    let row = sorted + ((<usize>load<u32>(at, 24)) << 4);
    for (const end = row + ((<usize>count) << 4); row < end; row += 16) {
      const rx = f32x4.sub(x, v128.load32_splat(row));
      const ry = f32x4.sub(y, v128.load32_splat(row, 4));
      const rz = f32x4.sub(z, v128.load32_splat(row, 8));
      const apart = f32x4.add(f32x4.add(f32x4.mul(rx, rx), f32x4.mul(ry, ry)), f32x4.mul(rz, rz));
      const q = f32x4.div(one, f32x4.add(one, apart));
      const force = f32x4.mul(q, q);
      sum = f32x4.add(sum, q);
      forceX = f32x4.add(forceX, f32x4.mul(force, rx));
      forceY = f32x4.add(forceY, f32x4.mul(force, ry));
      forceZ = f32x4.add(forceZ, f32x4.mul(force, rz));
    }
    node = load<u32>(at, 20);
  }
  storeForces(first, forceX, forceY, forceZ);
  return sumOfRows(first, sum);
}

/** Only for existing rows: the last packet may have fewer than four. */
function storeForces(first: u32, x: v128, y: v128, z: v128): void {
  const gap = f32x4.splat(0);
  const low = i32x4.shuffle(x, y, 0, 4, 1, 5);
  const high = i32x4.shuffle(x, y, 2, 6, 3, 7);
  const lowZ = i32x4.shuffle(z, gap, 0, 4, 1, 5);
  const highZ = i32x4.shuffle(z, gap, 2, 6, 3, 7);
  storeForce(first, i64x2.shuffle(low, lowZ, 0, 2));
  if (first + 1 < rows) storeForce(first + 1, i64x2.shuffle(low, lowZ, 1, 3));
  if (first + 2 < rows) storeForce(first + 2, i64x2.shuffle(high, highZ, 0, 2));
  if (first + 3 < rows) storeForce(first + 3, i64x2.shuffle(high, highZ, 1, 3));
}

function sumOfRows(first: u32, four: v128): f64 {
  let total: f64 = f32x4.extract_lane(four, 0);
  if (first + 1 < rows) total += f32x4.extract_lane(four, 1);
  if (first + 2 < rows) total += f32x4.extract_lane(four, 2);
  if (first + 3 < rows) total += f32x4.extract_lane(four, 3);
  return total;
}

function storeForce(at: u32, force: v128): void {
  v128.store(repulsions + ((<usize>load<u32>(order + ((<usize>at) << 2))) << 4), force);
}

/** The same, one row at a time, for the build without SIMD. */
function walkAlone(first: u32): f64 {
  let total: f64 = 0;
  for (let at = first; at < min(first + 4, rows); ++at) total += walkFrom(at);
  return total;
}

function walkFrom(index: u32): f64 {
  const own = sorted + ((<usize>index) << 4);
  const x = load<f32>(own);
  const y = load<f32>(own, 4);
  const z = load<f32>(own, 8);
  let sum: f32 = 0;
  let forceX: f32 = 0;
  let forceY: f32 = 0;
  let forceZ: f32 = 0;
  let node: u32 = 0;
  while (node < nodeCount) {
    const at = nodeAt(node);
    const dx = x - load<f32>(at);
    const dy = y - load<f32>(at, 4);
    const dz = z - load<f32>(at, 8);
    const square = dx * dx + dy * dy + dz * dz;
    if (load<f32>(at, 16) <= THETA * THETA * square) {
      const q = <f32>1 / (<f32>1 + square);
      const weight = load<f32>(at, 12) * q;
      sum += weight;
      forceX += weight * q * dx;
      forceY += weight * q * dy;
      forceZ += weight * q * dz;
      node = load<u32>(at, 20);
      continue;
    }
    const count = load<u32>(at, 28);
    if (count === 0) {
      ++node;
      continue;
    }
    let row = sorted + ((<usize>load<u32>(at, 24)) << 4);
    for (const end = row + ((<usize>count) << 4); row < end; row += 16) {
      const rx = x - load<f32>(row);
      const ry = y - load<f32>(row, 4);
      const rz = z - load<f32>(row, 8);
      const q = <f32>1 / (<f32>1 + rx * rx + ry * ry + rz * rz);
      sum += q;
      forceX += q * q * rx;
      forceY += q * q * ry;
      forceZ += q * q * rz;
    }
    node = load<u32>(at, 20);
  }
  const force = repulsions + ((<usize>load<u32>(order + ((<usize>index) << 2))) << 4);
  store<f32>(force, forceX);
  store<f32>(force, forceY, 4);
  store<f32>(force, forceZ, 8);
  store<f32>(force, 0, 12);
  return sum;
}
