import { expect, it } from "vitest";
import { spreadRows } from "../../../src/data/spread_rows";

it.each([1, 2, 3, 10, 97, 1000, 20_011])("takes each of %i rows once", (count) => {
  expect([...spreadRows(count, count)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, row) => row));
});

it("is spread evenly however few are taken", () => {
  for (const taken of [10, 100, 1000]) {
    const rows = [...spreadRows(1_000_000, taken)].sort((a, b) => a - b);
    const gaps = rows.map((row, at) => (rows[at + 1] ?? 1_000_000) - row);
    expect(Math.max(...gaps)).toBeLessThan((4 * 1_000_000) / taken);
  }
});

it("of none is none", () => {
  expect(spreadRows(0, 5).length).toBe(0);
});
