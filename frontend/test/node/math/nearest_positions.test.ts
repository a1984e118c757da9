import { expect, it } from "vitest";
import { nearestPositions } from "../../../src/math/nearest_positions";
import { Random } from "../../../src/math/random";

const random = new Random(7);
const column = () => Float32Array.from({ length: 500 }, () => random.normal());

it.each([2, 3])("finds what sorting all distances finds, in %s dimensions", (dimensions) => {
  const axes = Array.from({ length: dimensions }, column);
  axes[0]![3] = Number.NaN;
  const square = (a: number, b: number) => axes.reduce((sum, axis) => sum + (axis[a]! - axis[b]!) ** 2, 0);
  for (const row of [0, 17, 499]) {
    const others = Array.from({ length: 500 }, (_, other) => other).filter((other) => other !== row && other !== 3);
    const sorted = others.sort((a, b) => square(row, a) - square(row, b) || a - b);
    expect([...nearestPositions(axes, row, 15)]).toEqual(sorted.slice(0, 15));
  }
});

it("takes the first of equally near ones, and has none for a row without a place, nor more than there are", () => {
  const zeros = new Float32Array(6);
  expect([...nearestPositions([zeros, zeros], 2, 3)]).toEqual([0, 1, 3]);
  expect([...nearestPositions([zeros, zeros], 2, 30)]).toEqual([0, 1, 3, 4, 5]);
  expect([...nearestPositions([Float32Array.of(Number.NaN, 1), zeros.subarray(0, 2)], 0, 3)]).toEqual([]);
});
