import { expect, it } from "vitest";
import { columnsInSight, offsetsOf, scrollToColumn } from "../../../src/data/column_window";

const OFFSETS = offsetsOf([100, 50, 200, 80]);

it("finds the columns of which a part is in sight", () => {
  expect(columnsInSight(OFFSETS, 0, 100)).toEqual({ first: 0, end: 1 });
  expect(columnsInSight(OFFSETS, 99, 2)).toEqual({ first: 0, end: 2 });
  expect(columnsInSight(OFFSETS, 100, 60)).toEqual({ first: 1, end: 3 });
  expect(columnsInSight(OFFSETS, 0, 10_000)).toEqual({ first: 0, end: 4 });
});

it("finds none where there are none, or beyond the last", () => {
  expect(columnsInSight(offsetsOf([]), 0, 500)).toEqual({ first: 0, end: 0 });
  const { first, end } = columnsInSight(OFFSETS, 430, 100);
  expect(end - first).toBeLessThanOrEqual(1);
});

it("scrolls as little as brings a column into sight", () => {
  expect(scrollToColumn(OFFSETS, 1, 0, 300)).toBe(0);
  expect(scrollToColumn(OFFSETS, 3, 0, 300)).toBe(130);
  expect(scrollToColumn(OFFSETS, 0, 120, 300)).toBe(0);
});
