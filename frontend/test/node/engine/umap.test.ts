import { describe, expect, it } from "vitest";
import type { Graph } from "../../../src/engine/layout";
import { createUmap } from "../../../src/engine/umap";
import { fitCurve } from "../../../src/engine/umap_curve";
import type { UmapOptions } from "../../../src/engine/umap_options";
import { exactGraph, trustworthiness } from "./brute_force";
import { graphOf, ring } from "./graphs";
import { DIGITS, readDigits, readGolden } from "./umap_golden";
import { BUILDS, DEFAULTS, MODULES, prepared, runLayout } from "./umap_kernel";

const golden = readGolden();
const digits = readDigits();
const digitsGraph = exactGraph(digits, DIGITS.columns, 14);

describe("curve", () => {
  it.each(golden.curves)("at min_dist %f and spread %f is umap-learn's", (minDist, spread, a, b) => {
    const curve = fitCurve(minDist, spread);
    expect(Math.abs(curve.a - a)).toBeLessThan(1e-3);
    expect(Math.abs(curve.b - b)).toBeLessThan(1e-3);
  });
});

describe("power", () => {
  it.each(BUILDS)("is within 1.5e-4 of the true one (%s)", (build) => {
    const { powerAt } = new WebAssembly.Instance(MODULES[build]).exports as { powerAt(x: number, b: number): number };
    let worst = 0;
    for (let exponent = -20; exponent < 20; exponent += 0.0137) {
      for (const b of [0.5, 0.895, 1, 1.93]) {
        const x = Math.fround(2 ** exponent);
        worst = Math.max(worst, Math.abs(powerAt(x, b) / x ** b - 1));
      }
    }
    expect(worst).toBeLessThan(1.5e-4);
    expect(powerAt(0, 0.9)).toBeLessThan(1e-30);
    expect(powerAt(1e38, 2)).toBeGreaterThan(1e37);
  });
});

describe("layout", () => {
  it("keeps the neighbors of the digits as well as umap-learn does", () => {
    const reference = golden.trustworthiness.reduce((sum, value) => sum + value) / golden.trustworthiness.length;
    const kept = trustworthiness(digits, DIGITS.columns, runLayout(digitsGraph), 15);
    expect(kept).toBeGreaterThan(reference - 0.01);
  });

  it("is the same for the same seed, in both builds, and another for another", () => {
    const graph = ring(500, 6);
    const first = runLayout(graph, { epochs: 50 });
    expect(runLayout(graph, { epochs: 50 })).toEqual(first);
    expect(runLayout(graph, { epochs: 50 }, "scalar")).toEqual(first);
    expect(runLayout(graph, { epochs: 50, seed: 2 })).not.toEqual(first);
  });

  it("is the same in both builds in three dimensions", () => {
    const graph = ring(300, 6);
    const first = runLayout(graph, { epochs: 30, dimensions: 3 });
    expect(runLayout(graph, { epochs: 30, dimensions: 3 }, "scalar")).toEqual(first);
    expect(first).toHaveLength(900);
    expect(spreadOf(first.subarray(600))).toBeGreaterThan(1);
  });

  it("counts its epochs, moves every row, and then is over", () => {
    const layout = prepared(ring(200, 4), { epochs: 30 });
    const start = layout.positions().slice();
    const numbers = Array.from({ length: 30 }, () => layout.step());
    expect(numbers.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(numbers.map(({ isOver }) => isOver)).toEqual(Array.from({ length: 30 }, (_, i) => i === 29));
    const end = layout.positions().slice();
    expect(end.every((value, i) => Number.isFinite(value) && value !== start[i])).toBe(true);
    expect(layout.step()).toEqual({ iteration: 30, isOver: true });
    expect(layout.positions()).toEqual(end);
    expect(layout.klDivergence()).toBeNull();
  });

  it("starts where it is asked to, and the labels pull like to like", () => {
    const graph = ring(100, 4);
    const initial = Float32Array.from({ length: 200 }, (_, i) => (i < 100 ? i : (i * 37) % 100));
    const start = prepared(graph, { initial }).positions();
    expect(start[0]).toBeLessThan(0.01);
    expect(start[99]).toBeGreaterThan(9.99);
    const labels = Int32Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1));
    const options = { initial, labels, epochs: 300 };
    const gap = (positions: Float32Array) =>
      Math.hypot(positions[49]! - positions[50]!, positions[149]! - positions[150]!);
    expect(gap(runLayout(graph, { ...options, supervision: 1 }))).toBeGreaterThan(
      3 * gap(runLayout(graph, { ...options, supervision: 0 })),
    );
  });

  it("reports shares that rise to 1 while it prepares", () => {
    const shares = [...createUmap(MODULES.simd, ring(40_000, 14), DEFAULTS).prepare()];
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares.at(-1)).toBe(1);
  });

  it("is shaken by perturb() and settles again", () => {
    const layout = prepared(ring(200, 4), { epochs: 200 });
    for (let i = 0; i < 50; ++i) layout.step();
    const before = layout.positions().slice();
    layout.perturb();
    expect(layout.positions().every((value, i) => value !== before[i] && Math.abs(value - before[i]!) < 10)).toBe(true);
  });
});

it("lets go when it is disposed of, and says so to whoever goes on", () => {
  const layout = prepared(ring(20, 4));
  layout.dispose();
  expect(() => layout.step()).toThrow("disposed of");
});

describe("rows of all kinds", () => {
  it("leaves rows without neighbors out: NaN, and the others lie as without them", () => {
    const graph = ring(50, 4);
    const none = [-1, -1, -1, -1];
    const shifted = [...graph.neighbors].map((neighbor) => neighbor + 1);
    const gap = graphOf(4, [...none, ...shifted], [...none.map(() => Number.NaN), ...graph.distances]);
    const positions = runLayout(gap, { epochs: 40 });
    expect([positions[0], positions[51]]).toEqual([NaN, NaN]);
    const alone = runLayout(graph, { epochs: 40 });
    expect([...positions.subarray(1, 51), ...positions.subarray(52)]).toEqual([...alone]);
  });

  it.each([
    ["no rows", graphOf(0, [], [], "euclidean", 0), 0],
    ["one row", graphOf(0, [], [], "euclidean", 1), 0],
    ["one row with room for neighbors", graphOf(2, [-1, -1], [NaN, NaN]), 0],
    ["two rows", graphOf(1, [1, 0], [1, 1]), 2],
    ["three rows", graphOf(2, [1, 2, 0, 2, 1, 0], [1, 2, 1, 1, 1, 2]), 3],
    ["k beyond the rows", graphOf(3, [1, -1, -1, 0, -1, -1], [1, NaN, NaN, 1, NaN, NaN]), 2],
    ["two islands", graphOf(1, [1, 0, 3, 2], [1, 1, 1, 1]), 4],
  ])("%s", (_name, graph, placed) => {
    const positions = runLayout(graph);
    const { rows } = graph;
    expect(positions).toHaveLength(2 * rows);
    expect([...positions.subarray(0, rows)].filter(Number.isFinite)).toHaveLength(placed);
  });

  it("parts a thousand duplicates, and all rows at one place", () => {
    const graph = exactGraph(new Uint8Array(1000 * 2), 2, 14);
    const positions = runLayout(graph, { initial: new Float32Array(2000), epochs: 20 });
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(new Set(positions.subarray(0, 1000)).size).toBeGreaterThan(990);
  });
});

describe("what cannot be", () => {
  const graph = ring(10, 2);
  it.each<[string, Partial<UmapOptions>, string]>([
    ["dimensions", { dimensions: 4 as 3 }, "dimensions: received 4, expected 2 or 3"],
    ["seed", { seed: 0.5 }, "seed: received 0.5, expected a whole number"],
    ["spread", { spread: 0 }, "spread: received 0, expected a number above 0"],
    ["minDist below 0", { minDist: -1 }, "minDist: received -1, expected a number from 0 to the spread (1)"],
    ["minDist beyond the spread", { minDist: 2 }, "minDist: received 2, expected a number from 0 to the spread (1)"],
    ["epochs", { epochs: 0 }, "epochs: received 0, expected null (automatic) or a whole number from 1 to 10000"],
    ["repulsion", { repulsion: NaN }, "repulsion: received NaN"],
    [
      "negatives",
      { negativeSampleRate: 1000 },
      "negativeSampleRate: received 1000, expected a whole number from 0 to 100",
    ],
    ["supervision", { supervision: 2 }, "supervision: received 2, expected a number from 0 to 1"],
    ["initial", { initial: new Float32Array(5) }, "initial: received 5 numbers, expected 20 (10 rows × 2 dimensions)"],
    ["labels", { labels: new Int32Array(9) }, "labels: received 9 numbers, expected 10 (one a row)"],
    ["an initial that is not finite", { initial: new Float32Array(20).fill(NaN) }, "initial: received NaN for row 0"],
  ])("%s", (_name, options, message) => {
    expect(() => prepared(graph, options)).toThrow(message);
  });

  it.each<[string, Partial<Graph>, string]>([
    [
      "too few neighbors",
      { neighbors: new Int32Array(3) },
      "graph: received 3 neighbors and 20 distances, expected 20",
    ],
    [
      "a neighbor that is not there",
      { neighbors: new Int32Array(20).fill(10) },
      "received neighbor 10 of row 0, expected one of 10 rows or -1",
    ],
    [
      "a distance that is not a number",
      { distances: new Float32Array(20).fill(NaN) },
      "received the distance NaN from row 0 to 1",
    ],
  ])("%s in the graph", (_name, change, message) => {
    expect(() => prepared({ ...graph, ...change })).toThrow(message);
  });
});

function spreadOf(values: Float32Array): number {
  return Math.max(...values) - Math.min(...values);
}
