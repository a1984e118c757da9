/**
 * What repels, in the plane: every row is a charge, spread over a grid with cubic B-splines; the field phi(y) = sum
 * over j of 1 / (1 + |y - y_j|²) comes from `convolution`, and with the same splines back to the rows. Its value gives
 * Z, its slope the force: sum over j of (y_i - y_j) / (1 + |y_i - y_j|²)² = -1/2 grad phi(y_i). The idea is
 * particle-mesh (Hockney and Eastwood 1988), as FIt-SNE (Linderman et al. 2019) has it with other interpolation.
 */
import { positions, repulsions, rows } from "./arrays";
import { convolve, nodes, reserveGrid, side } from "./convolution";

/**
 * Of two nodes, in the layout's units. At the widest, forces where rows lie loosely are off by some percent (root mean
 * square), by 2e-3 at half of it; narrower than the other, their slope drowns in rounding.
 */
const WIDEST: f32 = 0.45;
const NARROWEST: f32 = 0.05;
/** Nodes beyond the outermost rows that their splines reach. */
const MARGIN: u32 = 6;
const FEWEST_NODES: u32 = 32;
const MOST_NODES: u32 = 2048;
/** The distance of nodes takes steps of this factor, since another distance means another kernel. */
const WIDENING: f64 = 1.04;

let leastX: f32 = 0;
let leastY: f32 = 0;
let perSpacing: f32 = 0;

/** Fills in `repulsions` and returns Z, the sum over all pairs of two rows; 0 when memory does not suffice. */
export function repelByMesh(extent: f32, fromX: f32, fromY: f32): f64 {
  const spacing = chooseGrid(extent);
  if (spacing === 0) return 0;
  perSpacing = 1 / spacing;
  leastX = fromX - 2 * spacing;
  leastY = fromY - 2 * spacing;
  memory.fill(nodes, 0, (<usize>side * side) << 2);
  for (let row: u32 = 0; row < rows; ++row) spread(positions + ((<usize>row) << 3));
  convolve(spacing);
  let sum: f64 = 0;
  for (let row: u32 = 0; row < rows; ++row)
    sum += gather(positions + ((<usize>row) << 3), repulsions + ((<usize>row) << 3));
  return sum - rows;
}

/** The smallest grid whose nodes are close enough, and their distance. */
function chooseGrid(extent: f32): f32 {
  let count = FEWEST_NODES;
  while (count < MOST_NODES && extent > WIDEST * <f32>(count - MARGIN)) count <<= 1;
  if (!reserveGrid(count)) return 0;
  const needed = Math.max(extent / <f64>(count - MARGIN), NARROWEST);
  return <f32>(WIDENING ** Math.ceil(Math.log(needed) / Math.log(WIDENING)));
}

/** Weights of the four nodes around a place that lies `t` after the second of them. */
function weight0(t: f32): f32 {
  return (1 - t) * (1 - t) * (1 - t) * <f32>(1.0 / 6.0);
}
function weight1(t: f32): f32 {
  return <f32>(2.0 / 3.0) - t * t * (1 - 0.5 * t);
}
function weight3(t: f32): f32 {
  return t * t * t * <f32>(1.0 / 6.0);
}
/** Their slopes in t. */
function slope0(t: f32): f32 {
  return -0.5 * (1 - t) * (1 - t);
}
function slope1(t: f32): f32 {
  return t * (1.5 * t - 2);
}
function slope3(t: f32): f32 {
  return 0.5 * t * t;
}

function four(a: f32, b: f32, c: f32, d: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(a), 1, b), 2, c), 3, d);
}

function spread(position: usize): void {
  const x = (load<f32>(position) - leastX) * perSpacing;
  const y = (load<f32>(position, 4) - leastY) * perSpacing;
  const column = floor<f32>(x);
  const line = floor<f32>(y);
  const t = x - column;
  const u = y - line;
  const width = (<usize>side) << 2;
  const start = nodes + ((<usize>(<u32>line - 1) * side + (<u32>column - 1)) << 2);
  const t0 = weight0(t);
  const t1 = weight1(t);
  const t3 = weight3(t);
  const t2 = <f32>1 - t0 - t1 - t3;
  const u0 = weight0(u);
  const u1 = weight1(u);
  const u3 = weight3(u);
  const u2 = <f32>1 - u0 - u1 - u3;
  if (ASC_FEATURE_SIMD) {
    const across = four(t0, t1, t2, t3);
    addScaled(start, across, u0);
    addScaled(start + width, across, u1);
    addScaled(start + 2 * width, across, u2);
    addScaled(start + 3 * width, across, u3);
    return;
  }
  addFour(start, t0, t1, t2, t3, u0);
  addFour(start + width, t0, t1, t2, t3, u1);
  addFour(start + 2 * width, t0, t1, t2, t3, u2);
  addFour(start + 3 * width, t0, t1, t2, t3, u3);
}

function addScaled(at: usize, across: v128, scale: f32): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(across, f32x4.splat(scale))));
}

function addFour(at: usize, t0: f32, t1: f32, t2: f32, t3: f32, scale: f32): void {
  store<f32>(at, load<f32>(at) + t0 * scale);
  store<f32>(at, load<f32>(at, 4) + t1 * scale, 4);
  store<f32>(at, load<f32>(at, 8) + t2 * scale, 8);
  store<f32>(at, load<f32>(at, 12) + t3 * scale, 12);
}

/** Writes the force on a row, returns the field there. */
function gather(position: usize, force: usize): f32 {
  const x = (load<f32>(position) - leastX) * perSpacing;
  const y = (load<f32>(position, 4) - leastY) * perSpacing;
  const column = floor<f32>(x);
  const line = floor<f32>(y);
  const t = x - column;
  const u = y - line;
  const width = (<usize>side) << 2;
  const start = nodes + ((<usize>(<u32>line - 1) * side + (<u32>column - 1)) << 2);
  const t0 = weight0(t);
  const t1 = weight1(t);
  const t3 = weight3(t);
  const t2 = <f32>1 - t0 - t1 - t3;
  const u0 = weight0(u);
  const u1 = weight1(u);
  const u3 = weight3(u);
  const u2 = <f32>1 - u0 - u1 - u3;
  const s0 = slope0(t);
  const s1 = slope1(t);
  const s3 = slope3(t);
  const s2 = -s0 - s1 - s3;
  const v0 = slope0(u);
  const v1 = slope1(u);
  const v3 = slope3(u);
  const v2 = -v0 - v1 - v3;
  const half = <f32>-0.5 * perSpacing;
  if (ASC_FEATURE_SIMD) {
    const l0 = v128.load(start);
    const l1 = v128.load(start + width);
    const l2 = v128.load(start + 2 * width);
    const l3 = v128.load(start + 3 * width);
    const down = blend(l0, l1, l2, l3, u0, u1, u2, u3);
    const steep = blend(l0, l1, l2, l3, v0, v1, v2, v3);
    const across = four(t0, t1, t2, t3);
    store<f32>(force, half * addLanes(f32x4.mul(down, four(s0, s1, s2, s3))));
    store<f32>(force, half * addLanes(f32x4.mul(steep, across)), 4);
    return addLanes(f32x4.mul(down, across));
  }
  let field: f32 = 0;
  let slopeX: f32 = 0;
  let slopeY: f32 = 0;
  for (let i: usize = 0; i < 4; ++i) {
    const at = start + (i << 2);
    const w = i === 0 ? t0 : i === 1 ? t1 : i === 2 ? t2 : t3;
    const s = i === 0 ? s0 : i === 1 ? s1 : i === 2 ? s2 : s3;
    const a = load<f32>(at);
    const b = load<f32>(at + width);
    const c = load<f32>(at + 2 * width);
    const d = load<f32>(at + 3 * width);
    const down = a * u0 + b * u1 + c * u2 + d * u3;
    field += w * down;
    slopeX += s * down;
    slopeY += w * (a * v0 + b * v1 + c * v2 + d * v3);
  }
  store<f32>(force, half * slopeX);
  store<f32>(force, half * slopeY, 4);
  return field;
}

function blend(a: v128, b: v128, c: v128, d: v128, wa: f32, wb: f32, wc: f32, wd: f32): v128 {
  const ab = f32x4.add(f32x4.mul(a, f32x4.splat(wa)), f32x4.mul(b, f32x4.splat(wb)));
  const cd = f32x4.add(f32x4.mul(c, f32x4.splat(wc)), f32x4.mul(d, f32x4.splat(wd)));
  return f32x4.add(ab, cd);
}

function addLanes(v: v128): f32 {
  const two = f32x4.add(v, i64x2.shuffle(v, v, 1, 0));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
