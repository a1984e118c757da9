/** Small neighbor graphs. */
import type { Graph, Metric } from "../../../src/engine/layout";

/** `neighbors` and `distances` row after row, k each; `rows` only where k is 0. */
export function graphOf(
  k: number,
  neighbors: readonly number[],
  distances: readonly number[],
  metric: Metric = "euclidean",
  rows = neighbors.length / k,
): Graph {
  return { rows, k, neighbors: Int32Array.from(neighbors), distances: Float32Array.from(distances), metric };
}

/** Rows on a ring at the distance 1, each with the k around it. */
export function ring(rows: number, k: number): Graph {
  const steps = Array.from({ length: k }, (_, i) => (Math.floor(i / 2) + 1) * (i % 2 ? -1 : 1));
  const order = Array.from({ length: rows }, (_, row) => row);
  return graphOf(
    k,
    order.flatMap((row) => steps.map((step) => (row + step + rows) % rows)),
    order.flatMap(() => steps.map(Math.abs)),
  );
}
