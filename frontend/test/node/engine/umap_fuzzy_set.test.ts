/** The fuzzy simplicial set against umap-learn's own, edge by edge. */
import { describe, expect, it } from "vitest";
import { CompactGraph } from "../../../src/engine/compact_graph";
import type { Graph } from "../../../src/engine/layout";
import { FuzzySet } from "../../../src/engine/umap_fuzzy_set";
import type { UmapKernel } from "../../../src/engine/umap_kernel";
import { graphOf, ring } from "./graphs";
import { goldenGraph, readGolden } from "./umap_golden";
import { BUILDS, MODULES } from "./umap_kernel";

const golden = readGolden();
/** umap-learn's float32 sums and its bisection's tolerance of 1e-5. */
const TOLERANCE = 2e-5;

type Edges = Map<string, number>;

function edgesOf(graph: Graph, labels: Int32Array | null = null, supervision = 0.5, module = MODULES.simd): Edges {
  const kernel = new WebAssembly.Instance(module, {}).exports as unknown as UmapKernel;
  const checked = new CompactGraph(graph);
  const set = new FuzzySet(kernel, checked, 2);
  for (const _share of set.connect());
  if (labels) for (const _share of set.supervise(labels, supervision));
  return readEdges(kernel, checked.connectedRows.length);
}

function readEdges(kernel: UmapKernel, rows: number): Edges {
  const count = kernel.offsetOf(rows);
  const tails = new Uint32Array(kernel.memory.buffer, kernel.addressOfTails(), count);
  const weights = new Float32Array(kernel.memory.buffer, kernel.addressOfWeights(), count);
  const edges: Edges = new Map();
  for (let row = 0; row < rows; ++row) {
    for (let at = kernel.offsetOf(row); at < kernel.offsetOf(row + 1); ++at)
      edges.set(`${row}-${tails[at]}`, weights[at]!);
  }
  return edges;
}

function expectSame(received: Edges, expected: readonly (readonly [number, number, number])[]): void {
  const heavy = [...received].filter(([, weight]) => weight > 0);
  expect(heavy).toHaveLength(2 * expected.length);
  let worst = 0;
  for (const [head, tail, weight] of expected) {
    for (const edge of [`${head}-${tail}`, `${tail}-${head}`]) {
      worst = Math.max(worst, Math.abs((received.get(edge) ?? Number.POSITIVE_INFINITY) - weight));
    }
  }
  expect(worst).toBeLessThan(TOLERANCE);
}

describe.each(BUILDS)("%s", (build) => {
  it.each(["euclidean", "cosine", "repeated"] as const)("weighs the edges of %s as umap-learn does", (name) => {
    expectSame(edgesOf(goldenGraph(golden, name), null, 0, MODULES[build]), golden[name].edges);
  });

  it.each([1e-36, 1e-20, 1e20, 1e36])("weighs edges in units of %f alike", (unit) => {
    const graph = goldenGraph(golden, "euclidean");
    const scaled = { ...graph, distances: graph.distances.map((distance) => distance * unit) };
    expectSame(edgesOf(scaled, null, 0, MODULES[build]), golden.euclidean.edges);
  });

  it.each([0.5, 1])("weakens edges by labels at supervision %f as umap-learn does", (supervision) => {
    const graph = goldenGraph(golden, "euclidean");
    const edges = edgesOf(graph, Int32Array.from(golden.labels), supervision, MODULES[build]);
    expectSame(edges, golden.supervised[supervision === 1 ? "1.0" : "0.5"]);
  });
});

it("counts dot products from each row's nearest neighbor: the same number added to all changes nothing", () => {
  const negated = [-8, -2, -8, -4, -4, -2];
  const dot = (offset: number) =>
    graphOf(
      2,
      [1, 2, 0, 2, 1, 0],
      negated.map((value) => value - offset),
      "dot",
    );
  const edges = edgesOf(dot(0));
  expect(edges.get("0-1")).toBe(1);
  expect(edges.get("0-2")).toBeLessThan(1);
  expect(edgesOf(dot(64))).toEqual(edges);
  expect(edgesOf(dot(-64))).toEqual(edges);
});

it("takes a distance below zero for a duplicate, which cosine gives by rounding", () => {
  const cosine = (min: number) => graphOf(2, [1, 2, 0, 2, 1, 0], [min, 0.3, min, 0.4, 0.4, 0.3], "cosine");
  expect(edgesOf(cosine(-1e-7))).toEqual(edgesOf(cosine(0)));
});

it("keeps out rows that are nobody's neighbors and have none, and renumbers the others", () => {
  const edges = edgesOf(graphOf(1, [3, -1, 3, 2], [1, Number.NaN, 1, 1]));
  expect([...edges.keys()].sort()).toEqual(["0-2", "1-2", "2-0", "2-1"]);
});

it("leaves out a row's edge to itself", () => {
  const edges = edgesOf(graphOf(2, [0, 1, 0, 1], [0, 1, 1, 0]));
  expect([...edges.keys()].sort()).toEqual(["0-1", "1-0"]);
});

it("says how much memory it needs when it gets none", () => {
  const kernel = new WebAssembly.Instance(MODULES.simd).exports as unknown as UmapKernel;
  expect(kernel.reserve(5_000_000, 90, 2, 10)).toBe(0); // 7 GB: more than WebAssembly can address.
  const refused = new FuzzySet({ ...kernel, reserve: () => 0 }, new CompactGraph(ring(1000, 14)), 2);
  expect(() => [...refused.connect()]).toThrow(
    "UMAP of 1,000 points × 14 neighbors needs 1 MB, more than this browser grants",
  );
});
