import { expect, it } from "vitest";
import { importantRows } from "../../../src/data/important_rows";
import { numberColumn, textColumn } from "./columns";

const frequency = numberColumn("frequency", [5, null, 40, 7, 40, -1]);

it("the largest come first, equal ones in the order of rows, those without a number last", () => {
  expect([...importantRows(frequency, 6, 6)]).toEqual([2, 4, 3, 0, 5, 1]);
});

it.each([0, 1, 2, 3, 5])("the first %i are those of the whole order", (max) => {
  expect([...importantRows(frequency, 6, max)]).toEqual([2, 4, 3, 0, 5, 1].slice(0, max));
});

it("only of the rows given", () => {
  expect([...importantRows(frequency, Int32Array.of(0, 1, 3), 2)]).toEqual([3, 0]);
});

it("numbers written as text count, and rows that the column does not reach are last", () => {
  expect([...importantRows(textColumn("mixed", ["9", "many", "10"]), 4, 4)]).toEqual([2, 0, 1, 3]);
});
