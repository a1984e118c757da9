import { expect, it } from "vitest";
import { opacityFor, pointSizeFor } from "../../../src/math/point_size";

it.each([0.8, 0.92])("few points are as opaque as ever, %f", (most) => {
  for (const count of [0, 1, 1_797, 2_000]) expect(opacityFor(count, most)).toBe(most);
});

it.each([0.8, 0.92])("many are down to a third, by the logarithm of their count, from %f", (most) => {
  expect(opacityFor(20_000, most)).toBeCloseTo((most + 0.35) / 2);
  for (const count of [200_000, 5_000_000]) expect(opacityFor(count, most)).toBeCloseTo(0.35);
  const counts = Array.from({ length: 40 }, (_, at) => Math.round(1_000 * 1.2 ** at));
  const opacities = counts.map((count) => opacityFor(count, most));
  expect([...opacities].sort((a, b) => b - a)).toEqual(opacities);
});

it("they are smaller in the same measure", () => {
  expect([100, 2_000, 20_000, 200_000, 1e7].map(pointSizeFor)).toEqual([6, 6, 4.5, 3, 3]);
});
