import { describe, expect, it } from "vitest";
import { computeTicks, roundStep } from "../../../src/math/ticks";

describe("ticks", () => {
  it("are round numbers within the range", () => {
    expect(computeTicks(-1.3, 2.7, 5)).toEqual({ values: [-1, 0, 1, 2], texts: ["−1", "0", "1", "2"] });
    expect(computeTicks(0.11, 0.52, 5).texts).toEqual(["0.2", "0.3", "0.4", "0.5"]);
  });

  it("are never more than fit", () => {
    for (let span = 1e-6; span < 1e9; span *= 1.37) {
      for (const max of [1, 3, 7, 12]) {
        const { values } = computeTicks(-span / 3, (2 * span) / 3, max);
        expect(values.length).toBeLessThanOrEqual(max + 1);
        if (max >= 3) expect(values.length).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it("have texts that differ, however near or large they are", () => {
    for (const [low, high] of [
      [0, 1e-7],
      [1e7, 1e7 + 10],
      [-3e12, 5e12],
      [0.999, 1.001],
    ]) {
      const { texts } = computeTicks(low!, high!, 6);
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it("are none where there is no range", () => {
    expect(computeTicks(1, 1, 5).values).toEqual([]);
    expect(computeTicks(Number.NaN, 1, 5).values).toEqual([]);
    expect(computeTicks(0, Infinity, 5).values).toEqual([]);
  });

  it.each([
    [1, 1],
    [1.1, 2],
    [2.1, 5],
    [6, 10],
    [0.03, 0.05],
    [700, 1000],
  ])("step for at least %d is %d", (min, step) => expect(roundStep(min)).toBeCloseTo(step, 12));
});

it("names zero by one digit where the others have powers of ten", () => {
  expect(computeTicks(-5e-8, 5e-8, 6).texts).toContain("0");
  expect(computeTicks(-1e-44, 1e-44, 4).texts).toContain("0");
});
