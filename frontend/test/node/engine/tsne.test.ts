import { describe, expect, it } from "vitest";
import { LayoutError } from "../../../src/engine/layout_error";
import type { TsneOptions } from "../../../src/engine/tsne_options";
import { exactGraph } from "./brute_force";
import { exactDivergence, exactJoints } from "./exact_tsne";
import { graphOf, ring } from "./graphs";
import { BUILDS, clusters, created, pointsOf, run } from "./tsne_kernel";

const graph = exactGraph(clusters(600, 5, 1).flat(), 5, 30);
const joints = exactJoints(graph, 10);

describe("layout", () => {
  describe.each([2, 3] as const)("in %i dimensions", (dimensions) => {
    it.each([20, 300])("after %i iterations reports its KL divergence", (iterations) => {
      const layout = run(graph, iterations, { dimensions });
      const exact = exactDivergence(pointsOf(layout.positions(), dimensions), joints);
      expect(Math.abs(layout.klDivergence()! / exact - 1)).toBeLessThan(dimensions === 2 ? 2e-3 : 3e-3); // The tree is the coarser.
    });

    it("ends where its KL divergence is low, in both builds alike", () => {
      const early = run(graph, 250, { dimensions }).klDivergence()!;
      const [simd, scalar] = BUILDS.map((build) => run(graph, 600, { dimensions }, build).klDivergence()!);
      expect(simd!).toBeLessThan(0.8 * early);
      expect(Math.abs(simd! / scalar! - 1)).toBeLessThan(0.05);
    });

    it("is the same for the same seed, another for another", () => {
      const first = run(graph, 60, { dimensions }).positions();
      expect(run(graph, 60, { dimensions }).positions()).toEqual(first);
      expect(run(graph, 60, { dimensions, seed: 2 }).positions()).not.toEqual(first);
    });

    it("parts rows that are the same by the hundred, and stays finite", () => {
      const same = graphOf(6, ring(700, 6).neighbors as unknown as number[], new Array(4200).fill(0));
      const layout = run(same, 400, { dimensions, initial: new Float32Array(700 * dimensions).fill(2) });
      const positions = layout.positions();
      expect(positions.every(Number.isFinite)).toBe(true);
      expect(new Set(positions.subarray(0, 700)).size).toBeGreaterThan(690);
    });
  });

  it("counts iterations from 1 and never ends by itself", () => {
    const layout = run(ring(50, 6), 3);
    expect(layout.step()).toEqual({ iteration: 4, isOver: false });
  });

  it("starts at PCA's coordinates, the first axis at a deviation of 1e-4", () => {
    const initial = Float32Array.from({ length: 1200 }, (_, i) => (i < 600 ? i - 300 : ((i * 7) % 100) - 50));
    const start = run(graph, 0, { initial }).positions();
    const scale = 1e-4 / (600 / Math.sqrt(12));
    expect(Math.max(...start.map((value, i) => Math.abs(value - scale * initial[i]!)))).toBeLessThan(1e-6);
  });

  it("leaves out rows without neighbors: NaN, and no force on others", () => {
    const small = ring(40, 6);
    const holed = graphOf(
      6,
      [...Array(6).fill(-1), ...Array.from(small.neighbors, (row) => row + 1)],
      [...Array(6).fill(Number.NaN), ...small.distances],
    );
    const positions = run(holed, 100).positions();
    expect([positions[0], positions[41]]).toEqual([Number.NaN, Number.NaN]);
    const rest = [...positions.slice(1, 41), ...positions.slice(42)];
    expect(rest).toEqual([...run(small, 100).positions()]);
  });

  it.each([0, 1, 2, 3])("of %i rows is finite", (rows) => {
    const k = Math.max(0, rows - 1);
    const others = Array.from({ length: rows }, (_, row) => [0, 1, 2].slice(0, rows).filter((other) => other !== row));
    const tiny = graphOf(k, others.flat(), new Array(rows * k).fill(1), "euclidean", rows);
    const positions = run(tiny, 300).positions();
    expect(positions).toHaveLength(2 * rows);
    expect(positions.every((value) => (rows < 2 ? Number.isNaN(value) : Number.isFinite(value)))).toBe(true);
  });

  it("lowers a perplexity that the graph has too few neighbors for, and says so", () => {
    expect(created(ring(50, 12), { perplexity: 30 }).perplexity).toBe(4);
    expect(created(ring(50, 12), { perplexity: 3 }).perplexity).toBe(3);
  });

  it("takes a dot product from the row's nearest", () => {
    const plain = ring(60, 6);
    const dot = graphOf(
      6,
      [...plain.neighbors],
      [...plain.distances].map((d) => d - 9),
      "dot",
    );
    const shifted = graphOf(
      6,
      [...plain.neighbors],
      [...plain.distances].map((d) => d - 1),
    );
    expect(run(dot, 50).positions()).toEqual(run(shifted, 50).positions());
  });

  it("follows another learning rate and exaggeration, and refuses what cannot be", () => {
    const [tuned, plain] = [run(graph, 50), run(graph, 50)];
    tuned.setRates(5, 4, 0);
    tuned.step();
    plain.step();
    expect(tuned.positions()).not.toEqual(plain.positions());
    expect(() => tuned.setRates(-1, 1, 0)).toThrow(LayoutError);
    expect(() => tuned.setRates(null, 0, 0)).toThrow(LayoutError);
    expect(() => tuned.setRates(null, 1, 2)).toThrow(LayoutError);
  });

  it("learns at the rate of its rows over the exaggeration, if none is given", () => {
    const automatic = run(graph, 0, { exaggerationIterations: 20 });
    const told = run(graph, 0, { exaggerationIterations: 20 });
    for (let iteration = 1; iteration <= 40; iteration++) {
      told.setRates(iteration <= 20 ? graph.rows / 12 : graph.rows, 12, 0);
      for (const layout of [automatic, told]) layout.step();
    }
    expect(automatic.positions()).toEqual(told.positions());
  });

  it.each([2, 3] as const)("goes on from the positions of another, in %i dimensions", (dimensions) => {
    const initial = Float32Array.from({ length: dimensions * graph.rows }, (_, at) => Math.sin(at));
    const layout = run(graph, 0, { dimensions });
    layout.continueFrom(initial, 7);
    expect(layout.positions()).toEqual(initial);
    expect(layout.step()).toEqual({ iteration: 8, isOver: false });
  });

  it("moves when perturbed, the same way for the same seed", () => {
    const [left, right] = [run(graph, 100), run(graph, 100)];
    const before = left.positions().slice();
    left.perturb();
    right.perturb();
    expect(left.positions()).not.toEqual(before);
    expect(left.positions()).toEqual(right.positions());
  });

  it("brings rows of one label nearer, and those of two apart, as supervision rises", () => {
    const labels = Int32Array.from({ length: 600 }, (_, row) => Math.floor(row / 12) % 2);
    const [free, led] = [0, 1].map((supervision) => separation(run(graph, 400, { labels, supervision }).positions()));
    expect(led).toBeGreaterThan(1.2 * free!);

    function separation(positions: Float32Array): number {
      const points = pointsOf(positions, 2);
      const sums = [0, 0];
      points.forEach((own, row) => {
        points.forEach((other, at) => {
          sums[labels[row] === labels[at] ? 0 : 1]! +=
            1 / (1 + Math.hypot(own[0]! - other[0]!, own[1]! - other[1]!) ** 2);
        });
      });
      return sums[0]! / sums[1]!;
    }
  });

  it.each([
    [0, 1],
    [1, 0.25],
    [1, 0],
  ])("goes from supervision %f to %f as if it had begun with that", (before, after) => {
    const labels = Int32Array.from({ length: graph.rows }, (_, row) => (row % 5) - 1);
    const [changed, other] = [before, after].map((supervision) => run(graph, 0, { labels, supervision }));
    const initial = Float32Array.from({ length: 2 * graph.rows }, (_, at) => Math.sin(at));
    for (const layout of [changed!, other!]) layout.continueFrom(initial, 300);
    expect(changed!.klDivergence()).not.toBe(other!.klDivergence());
    changed!.setRates(null, 12, after);
    expect(changed!.klDivergence()).toBe(other!.klDivergence());
    for (let iteration = 0; iteration < 20; iteration++) for (const layout of [changed!, other!]) layout.step();
    expect(changed!.positions()).toEqual(other!.positions());
  });

  it("takes another supervision before it is prepared, and without labels or once disposed of", () => {
    const labels = Int32Array.from({ length: graph.rows }, (_, row) => row % 2);
    const [early, other] = [created(graph, { labels, supervision: 0.5 }), run(graph, 20, { labels, supervision: 1 })];
    early.setRates(null, 12, 1);
    for (const _share of early.prepare());
    for (let iteration = 0; iteration < 20; iteration++) early.step();
    expect(early.positions()).toEqual(other.positions());
    const free = run(graph, 20, { supervision: 0 });
    free.setRates(null, 12, 1);
    expect(free.klDivergence()).toBe(run(graph, 20).klDivergence());
    free.dispose();
    free.setRates(null, 12, 0);
  });

  it("is of no use once disposed of", () => {
    const layout = run(ring(30, 3), 1);
    layout.dispose();
    expect(() => layout.step()).toThrow(LayoutError);
  });
});

describe("options", () => {
  it.each<[Partial<TsneOptions>, RegExp]>([
    [{ perplexity: 0 }, /perplexity: received 0/],
    [{ perplexity: Number.NaN }, /perplexity/],
    [{ learningRate: 0 }, /learningRate: received 0/],
    [{ exaggeration: 0.5 }, /exaggeration/],
    [{ exaggerationIterations: 1.5 }, /exaggerationIterations/],
    [{ supervision: 2 }, /supervision/],
    [{ seed: 0.5 }, /seed/],
    [{ dimensions: 4 as 2 }, /dimensions/],
    [{ initial: new Float32Array(3) }, /initial: received 3 numbers, expected 60/],
    [{ labels: new Int32Array(3) }, /labels: received 3/],
  ])("%o are refused with words", (options, words) => {
    expect(() => created(ring(30, 3), options)).toThrow(words);
  });
});
