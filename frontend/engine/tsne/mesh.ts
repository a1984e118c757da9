/**
 * Repulsion in 2-D: every row is a charge, spread over a grid with quintic B-splines; the field phi(y) = sum over j of
 * 1 / (1 + |y - y_j|²) comes from `convolution`, and is interpolated at the rows with the same splines. Its value gives
 * Z, its slope the force: sum over j of (y_i - y_j) / (1 + |y_i - y_j|²)² = -1/2 grad phi(y_i). The idea is
 * particle-mesh (Hockney and Eastwood 1988), as in FIt-SNE (Linderman et al. 2019) with other interpolation.
 */
import { positions, repulsions, rows } from "./arrays";
import { convolve, nodes, reserveGrid, side } from "./convolution";
import { SPLINE_MIDDLE, SPLINE_NODES, slopesX, slopesY, spline, weightsX, weightsY } from "./spline";

/**
 * Widest and narrowest node distance, in the layout's units. At the widest, forces in sparse regions are off by some
 * percent (root mean square), by 2e-3 at half of it; below the narrowest, their slope is lost to rounding.
 */
const WIDEST: f32 = 0.5;
const NARROWEST: f32 = 0.2;
/** Nodes beyond the outermost rows that their splines reach, in packets of four. */
const MARGIN: u32 = 8;
const MIN_NODES: u32 = 32;
const MAX_NODES: u32 = 2048;
/** Node distances are quantized to powers of this factor, since each distance needs its own kernel. */
const WIDENING: f64 = 1.04;

let leastX: f32 = 0;
let leastY: f32 = 0;
let perSpacing: f32 = 0;

/** Fills in `repulsions` and returns Z, the sum over all pairs of distinct rows; 0 without enough memory. */
export function repelByMesh(extent: f32, fromX: f32, fromY: f32): f64 {
  const spacing = chooseGrid(extent);
  if (spacing === 0) return 0;
  perSpacing = 1 / spacing;
  leastX = fromX - <f32>SPLINE_MIDDLE * spacing;
  leastY = fromY - <f32>SPLINE_MIDDLE * spacing;
  memory.fill(nodes, 0, (<usize>side * side) << 2);
  for (let row: u32 = 0; row < rows; ++row) spread(positions + ((<usize>row) << 3));
  convolve(spacing);
  let sum: f64 = 0;
  for (let row: u32 = 0; row < rows; ++row)
    sum += gather(positions + ((<usize>row) << 3), repulsions + ((<usize>row) << 3));
  return sum - rows;
}

/** Chooses the smallest grid with sufficiently close nodes, and their distance. */
function chooseGrid(extent: f32): f32 {
  let count = MIN_NODES;
  while (count < MAX_NODES && extent > WIDEST * <f32>(count - MARGIN)) count = nextSide(count);
  if (!reserveGrid(count)) return 0;
  const needed = Math.max(extent / <f64>(count - MARGIN), NARROWEST);
  return <f32>(WIDENING ** Math.ceil(Math.log(needed) / Math.log(WIDENING)));
}

/** 32, 64, 96, 128, 192, 256, …: transforms are fast for powers of two, and for three times such. */
function nextSide(count: u32): u32 {
  if (count === MIN_NODES) return 2 * count;
  return popcnt(count) === 1 ? (count >> 1) * 3 : (count / 3) << 2;
}

/** Writes the splines at a row's position; returns the first of the nodes with nonzero weight. */
function findNodes(position: usize): usize {
  const x = (load<f32>(position) - leastX) * perSpacing;
  const y = (load<f32>(position, 4) - leastY) * perSpacing;
  const column = floor<f32>(x);
  const line = floor<f32>(y);
  spline(x - column, weightsX);
  spline(y - line, weightsY);
  return nodes + ((<usize>(<u32>line - SPLINE_MIDDLE) * side + (<u32>column - SPLINE_MIDDLE)) << 2);
}

function spread(position: usize): void {
  let at = findNodes(position);
  const width = (<usize>side) << 2;
  if (ASC_FEATURE_SIMD) {
    const low = v128.load(weightsX);
    const high = v128.load(weightsX, 16);
    for (let line: usize = 0; line < SPLINE_NODES; ++line, at += width) {
      const weight = v128.load32_splat(weightsY + (line << 2));
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(low, weight)));
      v128.store(at, f32x4.add(v128.load(at, 16), f32x4.mul(high, weight)), 16);
    }
    return;
  }
  for (let line: usize = 0; line < SPLINE_NODES; ++line, at += width) {
    const weight = load<f32>(weightsY + (line << 2));
    for (let item: usize = 0; item < SPLINE_NODES << 2; item += 4)
      store<f32>(at + item, load<f32>(at + item) + load<f32>(weightsX + item) * weight);
  }
}

/** Writes the force on a row and returns the field there. */
function gather(position: usize, force: usize): f32 {
  const at = findNodes(position);
  const half = <f32>-0.5 * perSpacing;
  if (ASC_FEATURE_SIMD) {
    const low = weighLines(at, weightsY);
    const high = weighLines(at + 16, weightsY);
    const steep = sumOfProducts(weighLines(at, slopesY), weighLines(at + 16, slopesY), weightsX);
    store<f32>(force, half * sumOfProducts(low, high, slopesX));
    store<f32>(force, half * steep, 4);
    return sumOfProducts(low, high, weightsX);
  }
  let field: f32 = 0;
  let slopeX: f32 = 0;
  let slopeY: f32 = 0;
  for (let item: usize = 0; item < SPLINE_NODES << 2; item += 4) {
    const down = weighColumn(at + item, weightsY);
    field += load<f32>(weightsX + item) * down;
    slopeX += load<f32>(slopesX + item) * down;
    slopeY += load<f32>(weightsX + item) * weighColumn(at + item, slopesY);
  }
  store<f32>(force, half * slopeX);
  store<f32>(force, half * slopeY, 4);
  return field;
}

/** Weighted sums over the lines of four columns of nodes. */
function weighLines(at: usize, weights: usize): v128 {
  const width = (<usize>side) << 2;
  let sum = f32x4.splat(0);
  for (let line: usize = 0; line < SPLINE_NODES; ++line, at += width)
    sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(weights + (line << 2))));
  return sum;
}

/** The same for one column. */
function weighColumn(at: usize, weights: usize): f32 {
  const width = (<usize>side) << 2;
  let sum: f32 = 0;
  for (let line: usize = 0; line < SPLINE_NODES; ++line, at += width)
    sum += load<f32>(at) * load<f32>(weights + (line << 2));
  return sum;
}

function sumOfProducts(low: v128, high: v128, weights: usize): f32 {
  const four = f32x4.add(f32x4.mul(low, v128.load(weights)), f32x4.mul(high, v128.load(weights, 16)));
  const two = f32x4.add(four, i64x2.shuffle(four, four, 1, 0));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
