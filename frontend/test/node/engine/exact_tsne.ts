/** t-SNE as its equations say (van der Maaten and Hinton 2008), in doubles and over all pairs: the oracle of the kernel. */
import type { Graph } from "../../../src/engine/layout";

/** Equation 1 for one row: probabilities of its neighbors, of the perplexity asked for. */
export function exactConditionals(distances: ArrayLike<number>, perplexity: number): number[] {
  const squares = Array.from(distances, (distance) => distance * distance);
  const min = Math.min(...squares);
  let [low, high] = [0, 1e30];
  let weights: number[] = [];
  for (let step = 0; step < 300; ++step) {
    const beta = low > 0 && high < 1e30 ? Math.sqrt(low * high) : low > 0 ? low * 4 : high / 4;
    weights = normalized(squares.map((square) => Math.exp(-beta * (square - min))));
    if (entropyOf(weights) > Math.log(perplexity)) low = beta;
    else high = beta;
  }
  return weights;
}

export function entropyOf(probabilities: readonly number[]): number {
  return -probabilities.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
}

/** Joint probabilities, by row and by the other row. */
export function exactJoints(graph: Graph, perplexity: number): Map<number, number>[] {
  const { rows, k, neighbors, distances } = graph;
  const joints = Array.from({ length: rows }, () => new Map<number, number>());
  const add = (from: number, to: number, p: number) => joints[from]!.set(to, (joints[from]!.get(to) ?? 0) + p);
  for (let row = 0; row < rows; ++row) {
    const conditionals = exactConditionals(distances.subarray(row * k, (row + 1) * k), perplexity);
    conditionals.forEach((p, i) => {
      add(row, neighbors[row * k + i]!, p / (2 * rows));
      add(neighbors[row * k + i]!, row, p / (2 * rows));
    });
  }
  return joints;
}

/** Points as arrays of coordinates. */
export type Points = readonly (readonly number[])[];

/** Z, and for each row the sum over all others of (y_i - y_j) / (1 + |y_i - y_j|²)². */
export function exactRepulsions(points: Points): { normalization: number; forces: number[][] } {
  let normalization = 0;
  const forces = points.map((own, row) => {
    const force = own.map(() => 0);
    points.forEach((other, at) => {
      if (at === row) return;
      const q = 1 / (1 + squareBetween(own, other));
      normalization += q;
      for (let i = 0; i < own.length; ++i) force[i]! += q * q * (own[i]! - other[i]!);
    });
    return force;
  });
  return { normalization, forces };
}

/** For each row the sum of p q (y_i - y_j). */
export function exactAttractions(points: Points, joints: readonly Map<number, number>[]): number[][] {
  return points.map((own, row) => {
    const force = own.map(() => 0);
    for (const [at, p] of joints[row]!) {
      const pull = p / (1 + squareBetween(own, points[at]!));
      for (let i = 0; i < own.length; ++i) force[i]! += pull * (own[i]! - points[at]![i]!);
    }
    return force;
  });
}

/** KL(P || Q), equation 2. */
export function exactDivergence(points: Points, joints: readonly Map<number, number>[]): number {
  const { normalization } = exactRepulsions(points);
  let sum = 0;
  joints.forEach((pairs, row) => {
    for (const [at, p] of pairs) {
      if (p > 0) sum += p * Math.log(p * normalization * (1 + squareBetween(points[row]!, points[at]!)));
    }
  });
  return sum;
}

function squareBetween(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, i) => sum + (value - right[i]!) ** 2, 0);
}

function normalized(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => weight / sum);
}
