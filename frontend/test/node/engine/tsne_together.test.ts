/** A t-SNE layout whose repulsions another thread computes is the layout that computes them itself. */
import { expect, it } from "vitest";
import { LayoutError } from "../../../src/engine/layout_error";
import type { Repeller } from "../../../src/engine/repeller";
import { exactGraph } from "./brute_force";
import { preparedWith, repelAlone, run } from "./tsne_kernel";
import { DIGITS, readDigits } from "./umap_golden";

const GRAPH = exactGraph(readDigits(), DIGITS.columns, 30);
const ITERATIONS = 300;
let asked = 0;
const other: Repeller = {
  async repel(positions) {
    asked++;
    return repelAlone(positions);
  },
};

it("moves every point as it would alone, and asks once for each position", async () => {
  asked = 0;
  const layout = preparedWith(other, GRAPH);
  for (let i = 1; i <= ITERATIONS; i++) {
    expect(await layout.step()).toEqual({ iteration: i, isOver: false });
    if (i % 25 === 0) await layout.klDivergence(); // The next iteration uses what this one has asked for.
  }
  expect(asked).toBe(ITERATIONS + 1);
  const alone = run(GRAPH, ITERATIONS);
  expect(layout.positions()).toEqual(alone.positions());
  expect(await layout.klDivergence()).toBe(alone.klDivergence());
});

it("asks again after points were moved by hand", async () => {
  const layout = preparedWith(other, GRAPH);
  const alone = run(GRAPH, 3);
  for (let i = 0; i < 3; i++) await layout.step();
  const before = await layout.klDivergence();
  for (const each of [layout, alone]) each.perturb();
  expect(await layout.klDivergence()).toBe(alone.klDivergence());
  expect(await layout.klDivergence()).not.toBe(before);
  layout.continueFrom(run(GRAPH, 9).positions(), 9);
  expect((await layout.step()).iteration).toBe(10);
  expect(await layout.klDivergence()).toBeCloseTo(run(GRAPH, 10).klDivergence()!, 3);
});

it("goes on alone once there is no other thread anymore", async () => {
  let isThere = true;
  const leaving: Repeller = { repel: async (positions) => (isThere ? repelAlone(positions) : null) };
  const layout = preparedWith(leaving, GRAPH);
  for (let i = 0; i < 20; i++) {
    isThere = i < 10;
    await layout.step();
  }
  const alone = run(GRAPH, 20);
  expect(layout.positions()).toEqual(alone.positions());
  expect(layout.klDivergence()).toBe(alone.klDivergence());
});

it("says so where the other thread gets too little memory", async () => {
  const poor: Repeller = { repel: async (positions) => ({ repulsions: positions, normalization: 0 }) };
  await expect(preparedWith(poor, GRAPH).step()).rejects.toThrow(LayoutError);
});

it("computes in one thread what has three dimensions", () => {
  expect(preparedWith(other, GRAPH, { dimensions: 3 }).step()).toEqual({ iteration: 1, isOver: false });
});
