/**
 * From distances to conditional probabilities p(j|i) (van der Maaten and Hinton 2008, equation 1): each row's bandwidth
 * is chosen such that its probabilities have the requested perplexity.
 */
import { conditionals, k, neighbors } from "./arrays";
import { exponential, exponentialOfFour } from "./exponential";

/** Tolerance of the entropy, in nats; the probabilities then have about the same accuracy. */
const TOLERANCE: f64 = 1e-5;
const MAX_STEPS = 100;
/** Bounds of distances whose squares float32 holds and the steps reach. */
const SMALLEST: f32 = 1e-12;
const LARGEST: f32 = 1e12;

let sum: f64 = 0;
let moment: f64 = 0;

/** Converts the distances in `conditionals` of `count` rows starting at `first` into probabilities. */
export function calibrateRows(first: u32, count: u32, perplexity: f32): void {
  for (let row = first; row < first + count; ++row) calibrateRow(<usize>row * k, perplexity);
}

function calibrateRow(start: usize, perplexity: f32): void {
  const found = shiftSquares(start);
  if (found === 0) return;
  const wanted = Math.log(Math.min(<f64>perplexity, <f64>found));
  const beta = found > 1 ? findBeta(start, wanted) : 1;
  weigh(start, <f32>beta);
  const scale = <f32>(1 / sum);
  for (let at = start; at < start + k; ++at) {
    const address = conditionals + (at << 2);
    store<f32>(address, load<f32>(address) >= 0 ? exponential(<f32>-beta * load<f32>(address)) * scale : 0);
  }
}

/**
 * Squares the distances and subtracts the smallest square, which changes no probability and keeps the largest weight at
 * 1; a missing neighbor gets -1 and row 0, so that its index is valid. Distances whose squares would over- or underflow
 * are divided by the row's largest first, which changes no probability either. Returns the number of neighbors.
 */
function shiftSquares(start: usize): u32 {
  let found: u32 = 0;
  let least = f32.MAX_VALUE;
  let largest: f32 = 0;
  for (let at = start; at < start + k; ++at) {
    if (load<i32>(neighbors + (at << 2)) < 0) continue;
    const distance = load<f32>(conditionals + (at << 2));
    least = min(least, distance);
    largest = max(largest, distance);
    ++found;
  }
  const unit: f32 = largest === 0 || (largest > SMALLEST && largest < LARGEST) ? 1 : largest;
  const leastSquare = (least / unit) * (least / unit);
  for (let at = start; at < start + k; ++at) {
    const distance = load<f32>(conditionals + (at << 2)) / unit;
    const isNeighbor = load<i32>(neighbors + (at << 2)) >= 0;
    store<f32>(conditionals + (at << 2), isNeighbor ? max<f32>(0, distance * distance - leastSquare) : -1);
    if (!isNeighbor) store<i32>(neighbors + (at << 2), 0);
  }
  return found;
}

/** Newton's method on ln beta, with steps bounded by bisection: the entropy falls as beta rises. */
function findBeta(start: usize, wanted: f64): f64 {
  let low: f64 = 0;
  let high = Infinity;
  let beta = 1 / Math.max(meanSquare(start), 1e-30);
  for (let step = 0; step < MAX_STEPS; ++step) {
    weigh(start, <f32>beta);
    const mean = moment / sum;
    const entropy = Math.log(sum) + beta * mean;
    const excess = entropy - wanted;
    if (Math.abs(excess) < TOLERANCE) break;
    if (excess > 0) low = beta;
    else high = beta;
    if (high - low < 1e-12 * high) break; // Duplicates at one distance: no bandwidth has this perplexity.
    if (beta > 1e30 || beta < 1e-30) break;
    beta = high === Infinity ? beta * 2 : (low + high) / 2;
  }
  return beta;
}

function meanSquare(start: usize): f64 {
  let total: f64 = 0;
  let found = 0;
  for (let at = start; at < start + k; ++at) {
    const square = load<f32>(conditionals + (at << 2));
    if (square < 0) continue;
    total += square;
    ++found;
  }
  return total / found;
}

/** Sums the weights exp(-beta d²) and the weights times d². Missing neighbors have weight zero. */
function weigh(start: usize, beta: f32): void {
  const end = conditionals + ((start + k) << 2);
  let address = conditionals + (start << 2);
  sum = 0;
  moment = 0;
  if (ASC_FEATURE_SIMD) {
    let sums = f32x4.splat(0);
    let moments = f32x4.splat(0);
    for (; address + 16 <= end; address += 16) {
      const squares = v128.load(address);
      const isNeighbor = f32x4.ge(squares, f32x4.splat(0));
      const weights = v128.and(exponentialOfFour(f32x4.mul(squares, f32x4.splat(-beta))), isNeighbor);
      sums = f32x4.add(sums, weights);
      moments = f32x4.add(moments, f32x4.mul(weights, squares));
    }
    sum = addLanes(sums);
    moment = addLanes(moments);
  }
  for (; address < end; address += 4) {
    const square = load<f32>(address);
    if (square < 0) continue;
    const weight = exponential(-beta * square);
    sum += weight;
    moment += weight * square;
  }
}

function addLanes(four: v128): f64 {
  return (
    <f64>f32x4.extract_lane(four, 0) +
    <f64>f32x4.extract_lane(four, 1) +
    <f64>f32x4.extract_lane(four, 2) +
    <f64>f32x4.extract_lane(four, 3)
  );
}
