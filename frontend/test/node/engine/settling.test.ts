/** When t-SNE has come to rest: ten points do within seconds, clusters of digits not while they still take shape. */
import { expect, it } from "vitest";
import type { Graph } from "../../../src/engine/layout";
import { SETTLING_ITERATIONS, Settling } from "../../../src/engine/settling";
import { exactGraph } from "./brute_force";
import { graphOf } from "./graphs";
import { run } from "./tsne_kernel";
import { DIGITS, readDigits } from "./umap_golden";

const EVERY = 25;

/** The iteration at which a layout has settled, at most `most`. */
function settledAt(graph: Graph, max: number, dimensions: 2 | 3 = 2): number {
  const layout = run(graph, 0, { perplexity: 30, dimensions });
  for (let iteration = 1; iteration <= max; ++iteration) {
    layout.step();
    if (iteration % EVERY === 0 && layout.settling!.add(iteration, layout.klDivergence()!)) return iteration;
  }
  return max;
}

it.each([2, 3] as const)(
  "ten points come to rest, and so do ten that are all the same, in %i dimensions",
  (dimensions) => {
    const points = Array.from({ length: 10 }, (_, row) => [3 * Math.sin(7 * row), Math.cos(3 * row), row % 3]);
    const others = points.flatMap((_, row) => points.map((_, other) => other).filter((other) => other !== row));
    expect(settledAt(exactGraph(points.flat(), 3, 9), 4000, dimensions)).toBeLessThan(dimensions === 2 ? 2000 : 3500);
    expect(settledAt(graphOf(9, others, new Array(90).fill(0)), 4000, dimensions)).toBeLessThan(1000);
  },
);

it("digits go on for a thousand iterations and more", () => {
  expect(settledAt(exactGraph(readDigits(), DIGITS.columns, 90), 1300)).toBe(1300);
});

it("nothing counts before early exaggeration is over, and a restart forgets what was", () => {
  const settling = new Settling(250);
  const seen = (from: number, to: number) => {
    const found: number[] = [];
    for (let iteration = from; iteration <= to; iteration += EVERY)
      if (settling.add(iteration, 1)) found.push(iteration);
    return found[0];
  };
  expect(seen(EVERY, 1000)).toBe(250 + EVERY + SETTLING_ITERATIONS);
  settling.restart();
  expect(seen(1000, 2000)).toBe(1000 + SETTLING_ITERATIONS);
});
