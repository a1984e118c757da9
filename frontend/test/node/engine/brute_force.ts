/** Neighbors by comparing every row with every other: the oracle of what is measured on a layout. */
import type { Graph } from "../../../src/engine/layout";
import { graphOf } from "./graphs";

/** Squared distances from `row` to all rows of a row-major matrix. */
export function squaredDistances(matrix: ArrayLike<number>, columns: number, row: number): Float64Array {
  const rows = matrix.length / columns;
  return Float64Array.from({ length: rows }, (_, other) => {
    let sum = 0;
    for (let i = 0; i < columns; ++i) sum += (matrix[row * columns + i]! - matrix[other * columns + i]!) ** 2;
    return sum;
  });
}

/** All other rows, nearest first, ties in the order of rows. */
export function ranked(matrix: ArrayLike<number>, columns: number, row: number): number[] {
  const distances = squaredDistances(matrix, columns, row);
  const order = Array.from(distances.keys()).filter((other) => other !== row);
  return order.sort((left, right) => distances[left]! - distances[right]! || left - right);
}

export function exactGraph(matrix: ArrayLike<number>, columns: number, k: number): Graph {
  const rows = matrix.length / columns;
  const graph = graphOf(k, new Array(rows * k).fill(-1), new Array(rows * k).fill(0));
  for (let row = 0; row < rows; ++row) {
    const nearest = ranked(matrix, columns, row).slice(0, k);
    const distances = squaredDistances(matrix, columns, row);
    graph.neighbors.set(nearest, row * k);
    graph.distances.set(
      nearest.map((other) => Math.sqrt(distances[other]!)),
      row * k,
    );
  }
  return graph;
}

/** Venna and Kaski 2001: 1 when every neighbor on the screen is one in the data. `positions` are planar, in two dimensions. */
export function trustworthiness(
  matrix: ArrayLike<number>,
  columns: number,
  positions: Float32Array,
  k: number,
): number {
  const rows = matrix.length / columns;
  const points = Float64Array.from({ length: 2 * rows }, (_, i) => positions[(i % 2) * rows + (i >> 1)]!);
  let penalty = 0;
  const rank = new Int32Array(rows);
  for (let row = 0; row < rows; ++row) {
    ranked(matrix, columns, row).forEach((other, i) => {
      rank[other] = i + 1;
    });
    for (const other of ranked(points, 2, row).slice(0, k)) penalty += Math.max(0, rank[other]! - k);
  }
  return 1 - (penalty * 2) / (rows * k * (2 * rows - 3 * k - 1));
}
