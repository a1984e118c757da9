/** A graph made ready for a kernel: which rows it has, in which order, and what it says about their neighbors. */
import { describe, expect, it } from "vitest";
import { CompactGraph } from "../../../src/engine/compact_graph";
import type { Graph } from "../../../src/engine/layout";
import { Random } from "../../../src/math/random";

const K = 6;

/** A ring of `rows` in random order, each with its next K along the ring as neighbors. */
function shuffledRing(rows: number): Graph {
  const random = new Random(1);
  const order = Array.from({ length: rows }, (_, at) => ({ at, by: random.uniform() }));
  const rowOf = order.sort((a, b) => a.by - b.by).map(({ at }) => at);
  const neighbors = new Int32Array(rows * K);
  const distances = new Float32Array(rows * K);
  for (let place = 0; place < rows; place++) {
    for (let n = 0; n < K; n++) {
      const step = n % 2 === 0 ? 1 + n / 2 : -(n + 1) / 2;
      neighbors[rowOf[place]! * K + n] = rowOf[(place + step + rows) % rows]!;
      distances[rowOf[place]! * K + n] = Math.abs(step);
    }
  }
  return { rows, k: K, neighbors, distances, metric: "euclidean" };
}

function arranged(graph: Graph, slice: number): CompactGraph {
  const compact = new CompactGraph(graph);
  compact.survey(0, graph.rows);
  compact.endSurvey();
  const { length } = compact.connectedRows;
  for (let first = 0; first < length; first += slice) compact.arrange(first, Math.min(slice, length - first));
  compact.endArranging();
  return compact;
}

/** Neighbors as the kernel gets them: indices among the connected rows. */
function staged(compact: CompactGraph): Int32Array {
  const { length } = compact.connectedRows;
  const neighbors = new Int32Array(length * compact.graph.k);
  compact.stage(0, length, neighbors, new Float32Array(neighbors.length));
  return neighbors;
}

/** The mean distance in memory between a row and its neighbors, in rows. */
function spread(neighbors: Int32Array): number {
  return neighbors.reduce((sum, other, at) => sum + Math.abs(other - Math.floor(at / K)), 0) / neighbors.length;
}

describe("arranging", () => {
  it("brings neighbors together, whatever the order of the rows was", () => {
    const graph = shuffledRing(2000);
    expect(spread(graph.neighbors)).toBeGreaterThan(500);
    expect(spread(staged(arranged(graph, 2000)))).toBeLessThan(12);
  });

  it("keeps every row once and its neighbors, in slices of any size", () => {
    const graph = shuffledRing(301);
    const whole = arranged(graph, 301);
    expect([...whole.connectedRows].sort((a, b) => a - b)).toEqual(Array.from({ length: 301 }, (_, row) => row));
    expect(arranged(graph, 7).connectedRows).toEqual(whole.connectedRows);
    const neighbors = staged(whole);
    whole.connectedRows.forEach((row, index) => {
      const own = [...neighbors.subarray(index * K, (index + 1) * K)].map((other) => whole.connectedRows[other]);
      expect(own).toEqual([...graph.neighbors.subarray(row * K, (row + 1) * K)]);
    });
  });

  it("goes on where nothing leads, and leaves out what is not connected", () => {
    const neighbors = Int32Array.of(2, -1, 0, 5, -1, 3);
    const graph: Graph = { rows: 6, k: 1, neighbors, distances: new Float32Array(6), metric: "cosine" };
    const compact = arranged(graph, 1);
    expect([...compact.connectedRows]).toEqual([0, 2, 3, 5]);
    expect([...staged(compact)]).toEqual([1, 0, 3, 2]);
  });
});
