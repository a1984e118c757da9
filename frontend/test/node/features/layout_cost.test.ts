/** The cost of a layout that is said before it starts, beside what was measured. */
import { expect, it } from "vitest";
import type { LayoutMethod } from "../../../src/data/coordinates";
import { costWords, estimateCost, fewNeighbors } from "../../../src/features/layout/cost";
import { initialState, type State } from "../../../src/state/state";
import { shownOf } from "./shown_data";

const MIB = 2 ** 20;
/** Ratio of an estimate to what was measured, or the inverse. */
const MAX_RATIO = 1.25;

interface Measured {
  readonly name: string;
  readonly method: LayoutMethod;
  readonly rows: number;
  readonly neighbors: number;
  /** Up to the first iteration of t-SNE. */
  readonly startS?: number;
  readonly totalS: number;
  readonly mib: number;
}

/** The part `layouts` of benchmarks/results/2026-11-26.json. */
const MEASURED: readonly Measured[] = [
  { name: "500,000 by t-SNE", method: "tsne", rows: 5e5, neighbors: 30, startS: 31.3, totalS: 147.5, mib: 655 },
  { name: "a million by t-SNE", method: "tsne", rows: 1e6, neighbors: 15, startS: 75.8, totalS: 239.2, mib: 665 },
  { name: "more neighbors by t-SNE", method: "tsne", rows: 1e6, neighbors: 30, startS: 77.3, totalS: 335.5, mib: 1145 },
  { name: "a million by UMAP", method: "umap", rows: 1e6, neighbors: 15, totalS: 299.4, mib: 496 },
  { name: "more neighbors by UMAP", method: "umap", rows: 1e6, neighbors: 30, totalS: 391.2, mib: 773 },
];

function stateOf(rows: number, patch: Partial<State> = {}): State {
  return { ...initialState(), shown: shownOf(rows), ...patch };
}

function expectNear(estimate: number, measured: number): void {
  expect(Math.max(estimate / measured, measured / estimate)).toBeLessThan(MAX_RATIO);
}

it.each(MEASURED)("is near what was measured: $name", ({ method, rows, neighbors, startS, totalS, mib }) => {
  const cost = estimateCost(method, stateOf(rows, { perplexity: neighbors / 3, umapNeighbors: neighbors + 1 }))!;
  expect([cost.rows, cost.neighbors]).toEqual([rows, neighbors]);
  if (startS !== undefined) {
    expectNear(cost.startS, startS);
    expectNear(cost.runS, totalS - startS);
  }
  expectNear(cost.startS + cost.runS, totalS);
  expectNear(cost.bytes, mib * MIB);
});

it.each(["tsne", "umap"] as const)("of fewer neighbors is that of a start with them: %s", (method) => {
  const state = stateOf(1e6, { perplexity: 30, umapNeighbors: 50 });
  const few = estimateCost(method, state, true)!;
  expect(few.neighbors).toBe(15);
  expect(estimateCost(method, { ...state, ...fewNeighbors(method) })).toEqual(few);
  const measured = MEASURED.find((one) => one.method === method && one.rows === 1e6 && one.neighbors === 15)!;
  expectNear(few.startS + few.runS, measured.totalS);
  expectNear(few.bytes, measured.mib * MIB);
  expect(few.bytes).toBeLessThan(0.7 * estimateCost(method, state)!.bytes);
});

it("is rounded in words, and names what ends", () => {
  const wordsFor = (method: LayoutMethod, rows: number) => costWords(method, estimateCost(method, stateOf(rows))!);
  expect(wordsFor("tsne", 500_000)).toBe(
    "500,000 points with 30 neighbors each: on two cores 30 s or more to find them and about 2 min for 750 iterations; 720 MB of memory in this page.",
  );
  expect(wordsFor("umap", 1e6)).toBe(
    "1,000,000 points with 14 neighbors each: on two cores 80 s or more to find them and about 4 min for all epochs; 520 MB of memory in this page.",
  );
});

it("is not estimated for few points", () => {
  expect(estimateCost("tsne", stateOf(100_000))).toBeNull();
});
