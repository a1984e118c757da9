/**
 * Local connectivity and bandwidth of each row, which determine the weights of edges: the fuzzy simplicial set of
 * McInnes, Healy and Melville 2018 (arXiv:1802.03426), algorithms 2 and 3, with local connectivity 1.
 */
import { k, rhos, sigmas, stagedDistances, stagedNeighbors } from "./arrays";

const BISECTIONS = 64;
/** Bounds of mean distances that the bisections reach from one; beyond them they begin at the mean. */
const SMALLEST: f64 = 1e-12;
const LARGEST: f64 = 1e12;
const TOLERANCE: f64 = 1e-5;
/** Minimum bandwidth as a fraction of the mean distance: many neighbors at identical positions would make it zero. */
const SMALLEST_SHARE: f64 = 1e-3;

/**
 * Computes rho and sigma of `count` staged rows starting at row `first`. `meanDistance` is that of the whole graph,
 * rows themselves included. `isShifted`: distances are measured from the nearest neighbor (dot products have no zero).
 */
export function smoothRows(first: u32, count: u32, meanDistance: f64, isShifted: bool): void {
  for (let r: u32 = 0; r < count; ++r) {
    const distances = stagedDistances + ((<usize>r * k) << 2);
    const neighbors = stagedNeighbors + ((<usize>r * k) << 2);
    const rho = isShifted ? <f32>0 : nearest(neighbors, distances);
    const scale = rho > 0 ? mean(neighbors, distances) : meanDistance;
    const sigma = max(bandwidth(neighbors, distances, rho, scale), SMALLEST_SHARE * scale);
    store<f32>(rhos + ((<usize>(first + r)) << 2), rho);
    store<f32>(sigmas + ((<usize>(first + r)) << 2), <f32>sigma);
  }
}

/** The smallest distance above zero: duplicates have distance zero, and are connected regardless of rho. */
function nearest(neighbors: usize, distances: usize): f32 {
  let smallest: f32 = 0;
  for (let i: u32 = 0; i < k; ++i) {
    if (load<i32>(neighbors + ((<usize>i) << 2)) < 0) continue;
    const distance = load<f32>(distances + ((<usize>i) << 2));
    if (distance > 0 && (smallest === 0 || distance < smallest)) smallest = distance;
  }
  return smallest;
}

/** Mean distance, with the row itself counted at distance zero. */
function mean(neighbors: usize, distances: usize): f64 {
  let sum: f64 = 0;
  for (let i: u32 = 0; i < k; ++i) {
    if (load<i32>(neighbors + ((<usize>i) << 2)) >= 0) sum += load<f32>(distances + ((<usize>i) << 2));
  }
  return sum / <f64>(k + 1);
}

/**
 * The sigma for which the weights of a row, whose mean distance is `scale`, sum to log2 of the number of its neighbors,
 * itself included.
 */
function bandwidth(neighbors: usize, distances: usize, rho: f32, scale: f64): f64 {
  const target = Math.log2(<f64>(k + 1));
  let low: f64 = 0;
  let high = f64.MAX_VALUE;
  let middle: f64 = scale === 0 || (scale > SMALLEST && scale < LARGEST) ? 1 : scale;
  for (let i = 0; i < BISECTIONS; ++i) {
    const sum = sumOfWeights(neighbors, distances, rho, middle);
    if (abs(sum - target) < TOLERANCE) break;
    if (sum > target) {
      high = middle;
      middle = (low + high) / 2;
    } else {
      low = middle;
      middle = high === f64.MAX_VALUE ? middle * 2 : (low + high) / 2;
    }
  }
  return middle;
}

function sumOfWeights(neighbors: usize, distances: usize, rho: f32, sigma: f64): f64 {
  let sum: f64 = 0;
  for (let i: u32 = 0; i < k; ++i) {
    if (load<i32>(neighbors + ((<usize>i) << 2)) < 0) continue;
    const beyond = load<f32>(distances + ((<usize>i) << 2)) - rho;
    sum += beyond > 0 ? Math.exp(-(<f64>beyond / sigma)) : 1;
  }
  return sum;
}

/** Weight of the directed edge from `row` to a neighbor at `distance`, 0 to 1. */
export function weightOf(row: u32, distance: f32): f32 {
  const beyond = distance - load<f32>(rhos + ((<usize>row) << 2));
  const sigma = load<f32>(sigmas + ((<usize>row) << 2));
  if (beyond <= 0 || sigma === 0) return 1;
  return <f32>Math.exp(-(<f64>beyond / <f64>sigma));
}
