import { describe, expect, it } from "vitest";
import { computeSizes, sizeExamples } from "../../../src/data/point_sizes";
import { numberColumn, textColumn } from "./columns";

describe("the size of a point", () => {
  it("has an area that follows the value, from the least to the most", () => {
    const { sizes, legend } = computeSizes(numberColumn("n", [10, 20, 30]));
    const areas = [...sizes].map((size) => size ** 2);
    const shown = sizeExamples(legend).map(({ diameterPx }) => diameterPx);
    expect(sizes[2]! / sizes[0]!).toBeCloseTo(shown[1]! / shown[0]!, 5);
    expect(areas[1]).toBeCloseTo((areas[0]! + areas[2]!) / 2, 5);
    expect(legend).toEqual({ column: "n", min: 10, max: 30, missing: 0 });
  });

  it("is smaller than any where there is no number", () => {
    const { sizes, legend } = computeSizes(textColumn("t", ["1", null, "two", "2"]));
    expect([sizes[1], sizes[2]]).toEqual([0.5, 0.5]);
    expect(legend).toMatchObject({ min: 1, max: 2, missing: 2 });
  });

  it("is that of the least where all are the same", () => {
    expect([...computeSizes(numberColumn("n", [7, 7])).sizes].map((size) => size.toFixed(1))).toEqual(["0.6", "0.6"]);
  });
});
