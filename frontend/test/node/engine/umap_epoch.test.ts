/** One epoch, against umap-learn's loop written out plainly. */
import { describe, expect, it } from "vitest";
import { CompactGraph } from "../../../src/engine/compact_graph";
import type { Graph } from "../../../src/engine/layout";
import { fitCurve } from "../../../src/engine/umap_curve";
import { FuzzySet } from "../../../src/engine/umap_fuzzy_set";
import type { UmapKernel } from "../../../src/engine/umap_kernel";
import { graphOf } from "./graphs";
import { goldenGraph, readGolden } from "./umap_golden";
import { BUILDS, MODULES } from "./umap_kernel";

const EPOCHS = 200;
const { a, b } = fitCurve(0.1, 1);

function scheduled(graph: Graph, build: (typeof BUILDS)[number], dimensions: 2 | 3 = 2): UmapKernel {
  const kernel = new WebAssembly.Instance(MODULES[build]).exports as unknown as UmapKernel;
  const set = new FuzzySet(kernel, new CompactGraph(graph), dimensions);
  for (const _share of set.connect());
  for (const _share of set.schedule(EPOCHS));
  kernel.setCurve(a, b, 1);
  kernel.seedStreams(1);
  return kernel;
}

/** In which epochs an edge of this rate is due, and with how many pushes: umap-learn keeps the time of the next. */
function plainSchedule(rate: number): Map<number, number> {
  const between = 1 / rate;
  const betweenPushes = between / 5;
  let next = between;
  let nextPush = betweenPushes;
  const due = new Map<number, number>();
  for (let epoch = 1; epoch <= EPOCHS; ++epoch) {
    if (next > epoch) continue;
    const pushes = Math.floor((epoch - nextPush) / betweenPushes);
    due.set(epoch, pushes);
    next += between;
    nextPush += pushes * betweenPushes;
  }
  return due;
}

function kernelSchedule(kernel: UmapKernel, edge: number): Map<number, number> {
  const due = new Map<number, number>();
  for (let epoch = 1; epoch <= EPOCHS; ++epoch) {
    if (kernel.dueEdges(edge, edge + 1, epoch)) due.set(epoch, kernel.negativesDue(edge, epoch, 5));
  }
  return due;
}

const total = (due: Map<number, number>) => [...due.values()].reduce((sum, pushes) => sum + pushes, 0);

describe.each(BUILDS)("%s", (build) => {
  it("follows each edge when umap-learn does, with as many pushes", () => {
    const golden = readGolden();
    const kernel = scheduled(goldenGraph(golden, "euclidean"), build);
    const rates = new Uint32Array(kernel.memory.buffer, kernel.addressOfWeights(), kernel.offsetOf(golden.rows));
    let same = 0;
    for (let edge = 0; edge < rates.length; ++edge) {
      const expected = plainSchedule((rates[edge] || 2 ** 32) / 2 ** 32);
      const received = kernelSchedule(kernel, edge);
      if ([...expected.keys()].every((epoch) => received.has(epoch)) && expected.size === received.size) ++same;
      expect(Math.abs(total(received) - total(expected))).toBeLessThanOrEqual(1); // Its sums round, ours do not.
    }
    expect(rates.length).toBeGreaterThan(4000);
    expect(same).toBeGreaterThan(0.995 * rates.length);
  });

  it.each([2, 3] as const)("pulls and pushes by umap-learn's gradients in %i dimensions", (dimensions) => {
    const kernel = scheduled(graphOf(1, [1, 0], [1, 1]), build, dimensions);
    const stride = dimensions === 2 ? 2 : 4;
    const positions = new Float32Array(kernel.memory.buffer, kernel.addressOfPositions(), 2 * stride);
    const away = dimensions === 2 ? [0.6, -0.3] : [0.6, -0.3, 0.9];
    const pushesSeen = new Set<number>();
    for (let epoch = 1; epoch <= 20; ++epoch) {
      positions.fill(0);
      positions.set(away);
      kernel.runEpoch(epoch, 0.5, 5, 0, 1); // Row 0 alone; its random rows are 1, or itself, which moves nothing.
      const squared = away.reduce((sum, value) => sum + value * value, 0);
      const curve = a * squared ** b;
      const pull = (-2 * b * curve) / (squared * (1 + curve));
      const push = (2 * b) / ((0.001 + squared) * (1 + curve));
      const pushes = ((positions[0]! - away[0]!) / (0.5 * away[0]!) - pull) / push;
      pushesSeen.add(Math.round(pushes));
      away.forEach((value, i) => {
        expect(positions[i]).toBeCloseTo(value + 0.5 * value * (pull + Math.round(pushes) * push), 3); // The power's 1.5e-4.
        expect(positions[stride + i]).toBeCloseTo(-0.5 * value * pull, 3);
      });
    }
    expect(Math.min(...pushesSeen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...pushesSeen)).toBeLessThanOrEqual(5);
    expect(pushesSeen.size).toBeGreaterThan(2);
  });

  it("moves no coordinate further than 4 times the learning rate for one push or pull", () => {
    const kernel = scheduled(graphOf(1, [1, 0], [1, 1]), build);
    const positions = new Float32Array(kernel.memory.buffer, kernel.addressOfPositions(), 4);
    positions.set([0.01, 0, 0, 0]);
    kernel.runEpoch(1, 1, 0, 0, 1);
    expect(Math.abs(positions[0]! - 0.01)).toBeLessThanOrEqual(4);
    positions.set([0.002, 0, 0, 0]);
    kernel.runEpoch(2, 1, 5, 0, 1);
    expect(positions[0]!).toBeLessThanOrEqual(0.002 + 5 * 4);
    expect(positions[0]!).toBeGreaterThan(1);
  });
});
