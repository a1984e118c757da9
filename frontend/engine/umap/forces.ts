/**
 * Forces on the points: a due edge pulls its two rows together, and pushes its head away from random rows (stochastic
 * gradient descent on the fuzzy cross entropy; McInnes, Healy and Melville 2018, appendix C).
 *
 * The pull and the pushes of one edge use the previous positions of all rows, four of them at a time. The scalar form
 * uses the same lanes in the same order: both builds give bit-identical layouts.
 */
import { at, dimensions, positions, rows } from "./arrays";
import { power, powerOfFour } from "./power";
import { nextBelow, nextFourBelow } from "./random";

/** Maximum move of a coordinate in one step, before multiplication by the learning rate. */
const CLIP: f32 = 4;
/** Offset that keeps a push finite for rows at identical positions; for a pull it only avoids 0 / 0. */
const PUSH_GAP: f32 = 0.001;
const PULL_GAP: f32 = 1e-30;

/** The curve 1 / (1 + a d^2b): the weight in the layout of two rows at distance d. */
let a: f32 = 1;
let b: f32 = 1;
let pull: f32 = -2;
let push: f32 = 2;

export function setCurve(curveA: f32, curveB: f32, repulsion: f32): void {
  a = curveA;
  b = curveB;
  pull = -2 * b;
  push = 2 * repulsion * b;
}

/** Moves both rows of an edge, and pushes its head away from `negatives` random rows. */
export function followEdge(head: u32, tail: u32, negatives: i32, rate: f32): void {
  if (!ASC_FEATURE_SIMD) followOneByOne(head, tail, negatives, rate);
  else if (dimensions === 2) followInPlane(head, tail, negatives, rate);
  else followInSpace(head, tail, negatives, rate);
}

/** In 2-D a vector holds two positions, x y x y. */
function followInPlane(head: u32, tail: u32, negatives: i32, rate: f32): void {
  const at = v128.load64_splat(addressInPlane(head));
  let sum = f32x4.splat(0);
  let pulled = sum;
  for (let slot = 0; slot <= negatives; slot += 4) {
    const others = othersFrom(slot, tail);
    const away01 = f32x4.sub(at, twoPositions(i32x4.extract_lane(others, 0), i32x4.extract_lane(others, 1)));
    const away23 = f32x4.sub(at, twoPositions(i32x4.extract_lane(others, 2), i32x4.extract_lane(others, 3)));
    const square01 = f32x4.mul(away01, away01);
    const square23 = f32x4.mul(away23, away23);
    const x = v128.shuffle<f32>(square01, square23, 0, 2, 4, 6);
    const y = v128.shuffle<f32>(square01, square23, 1, 3, 5, 7);
    const factors = factorsOf(f32x4.add(x, y), slot, negatives);
    const moves01 = clipFour(f32x4.mul(away01, v128.shuffle<f32>(factors, factors, 0, 0, 1, 1)));
    const moves23 = clipFour(f32x4.mul(away23, v128.shuffle<f32>(factors, factors, 2, 2, 3, 3)));
    if (slot === 0) pulled = moves01;
    sum = f32x4.add(sum, f32x4.add(moves01, moves23));
  }
  const moved = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  const rates = f32x4.splat(rate);
  const pulledTo = f32x4.sub(v128.load64_zero(addressInPlane(tail)), f32x4.mul(pulled, rates));
  v128.store64_lane(addressInPlane(tail), pulledTo, 0);
  v128.store64_lane(addressInPlane(head), f32x4.add(at, f32x4.mul(moved, rates)), 0);
}

function twoPositions(row0: u32, row1: u32): v128 {
  return v128.load64_lane(addressInPlane(row1), v128.load64_zero(addressInPlane(row0)), 1);
}

function addressInPlane(row: u32): usize {
  return positions + ((<usize>row) << 3);
}

/** In 3-D a vector holds one position, x y z and padding. */
function followInSpace(head: u32, tail: u32, negatives: i32, rate: f32): void {
  const here = v128.load(addressInSpace(head));
  let even = f32x4.splat(0);
  let odd = even;
  let pulled = even;
  for (let slot = 0; slot <= negatives; slot += 4) {
    const others = othersFrom(slot, tail);
    const away0 = f32x4.sub(here, v128.load(addressInSpace(i32x4.extract_lane(others, 0))));
    const away1 = f32x4.sub(here, v128.load(addressInSpace(i32x4.extract_lane(others, 1))));
    const away2 = f32x4.sub(here, v128.load(addressInSpace(i32x4.extract_lane(others, 2))));
    const away3 = f32x4.sub(here, v128.load(addressInSpace(i32x4.extract_lane(others, 3))));
    const factors = factorsOf(squaredLengths(away0, away1, away2, away3), slot, negatives);
    const move0 = clipFour(f32x4.mul(away0, v128.shuffle<f32>(factors, factors, 0, 0, 0, 0)));
    const move1 = clipFour(f32x4.mul(away1, v128.shuffle<f32>(factors, factors, 1, 1, 1, 1)));
    const move2 = clipFour(f32x4.mul(away2, v128.shuffle<f32>(factors, factors, 2, 2, 2, 2)));
    const move3 = clipFour(f32x4.mul(away3, v128.shuffle<f32>(factors, factors, 3, 3, 3, 3)));
    if (slot === 0) pulled = move0;
    even = f32x4.add(even, f32x4.add(move0, move2));
    odd = f32x4.add(odd, f32x4.add(move1, move3));
  }
  const rates = f32x4.splat(rate);
  v128.store(addressInSpace(tail), f32x4.sub(v128.load(addressInSpace(tail)), f32x4.mul(pulled, rates)));
  v128.store(addressInSpace(head), f32x4.add(here, f32x4.mul(f32x4.add(even, odd), rates)));
}

function addressInSpace(row: u32): usize {
  return positions + ((<usize>row) << 4);
}

/** The squared lengths of four vectors x y z 0. */
function squaredLengths(v0: v128, v1: v128, v2: v128, v3: v128): v128 {
  const s0 = f32x4.mul(v0, v0);
  const s1 = f32x4.mul(v1, v1);
  const s2 = f32x4.mul(v2, v2);
  const s3 = f32x4.mul(v3, v3);
  const low = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
  const high = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
  const flat = f32x4.add(v128.shuffle<u64>(low, high, 0, 2), v128.shuffle<u64>(low, high, 1, 3));
  const z = v128.shuffle<u64>(v128.shuffle<f32>(s0, s1, 2, 6, 2, 6), v128.shuffle<f32>(s2, s3, 2, 6, 2, 6), 0, 2);
  return f32x4.add(flat, z);
}

/** The rows in four slots starting at `slot`: the tail in the very first, random ones in all others. */
function othersFrom(slot: i32, tail: u32): v128 {
  const random = nextFourBelow(rows);
  return slot === 0 ? i32x4.replace_lane(random, 0, tail) : random;
}

/** `factorOf` in four slots starting at `slot`; zero in unused ones. */
function factorsOf(squared: v128, slot: i32, negatives: i32): v128 {
  const curve = f32x4.mul(powerOfFour(squared, f32x4.splat(b)), f32x4.splat(a));
  const slots = i32x4.add(i32x4.splat(slot), i32x4(0, 1, 2, 3));
  const isPull = i32x4.eq(slots, i32x4.splat(0));
  const strength = v128.bitselect(f32x4.mul(curve, f32x4.splat(pull)), f32x4.splat(push), isPull);
  const gap = v128.bitselect(f32x4.splat(PULL_GAP), f32x4.splat(PUSH_GAP), isPull);
  const factors = f32x4.div(strength, f32x4.mul(f32x4.add(squared, gap), f32x4.add(curve, f32x4.splat(1))));
  return v128.and(factors, i32x4.le_s(slots, i32x4.splat(negatives)));
}

function clipFour(moves: v128): v128 {
  return f32x4.pmin(f32x4.pmax(moves, f32x4.splat(-CLIP)), f32x4.splat(CLIP));
}

/** The moves of four slots, x y z and padding each. */
const moves = memory.data(64, 16);
/** The sums of the moves of even and of odd slots, x y z and padding each. */
const sums = memory.data(32, 16);
/** The move of the first slot. */
const pulled = memory.data(16, 16);

function followOneByOne(head: u32, tail: u32, negatives: i32, rate: f32): void {
  memory.fill(sums, 0, 32);
  for (let slot = 0; slot <= negatives; slot += 4) {
    for (let lane = 0; lane < 4; ++lane) {
      const random = nextBelow(lane, rows); // Also drawn in unused lanes, as in the vector form.
      noteMove(lane, head, slot + lane === 0 ? tail : random, slot + lane, negatives);
    }
    if (slot === 0) memory.copy(pulled, moves, 16);
    sumMoves();
  }
  pullTail(at(tail), rate);
  add(at(head), summed(0) * rate);
  add(at(head) + 4, summed(4) * rate);
  if (dimensions === 3) add(at(head) + 8, summed(8) * rate);
}

function noteMove(lane: i32, head: u32, other: u32, slot: i32, negatives: i32): void {
  const x = load<f32>(at(head)) - load<f32>(at(other));
  const y = load<f32>(at(head) + 4) - load<f32>(at(other) + 4);
  const z = dimensions === 3 ? load<f32>(at(head) + 8) - load<f32>(at(other) + 8) : 0;
  const factor = slot <= negatives ? factorOf(x * x + y * y + z * z, slot === 0) : 0;
  const move = moves + ((<usize>lane) << 4);
  store<f32>(move, clip(x * factor));
  store<f32>(move + 4, clip(y * factor));
  store<f32>(move + 8, clip(z * factor));
}

/** Factor by which the difference of two rows at this squared distance is multiplied to get the head's move. */
function factorOf(squared: f32, isPull: bool): f32 {
  const curve = power(squared, b) * a;
  const strength = isPull ? curve * pull : push;
  return strength / ((squared + (isPull ? PULL_GAP : PUSH_GAP)) * (curve + 1));
}

function clip(move: f32): f32 {
  const above = move < -CLIP ? -CLIP : move;
  return CLIP < above ? CLIP : above;
}

function pullTail(tail: usize, rate: f32): void {
  add(tail, -(load<f32>(pulled) * rate));
  add(tail + 4, -(load<f32>(pulled + 4) * rate));
  if (dimensions === 3) add(tail + 8, -(load<f32>(pulled + 8) * rate));
}

function sumMoves(): void {
  for (let offset: usize = 0; offset < 32; offset += 4) {
    add(sums + offset, load<f32>(moves + offset) + load<f32>(moves + 32 + offset));
  }
}

function summed(coordinate: usize): f32 {
  return load<f32>(sums + coordinate) + load<f32>(sums + 16 + coordinate);
}

function add(address: usize, change: f32): void {
  store<f32>(address, load<f32>(address) + change);
}
