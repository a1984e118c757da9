/** Sets of rows, against what JavaScript's own sets and filters give. */
import { expect, it } from "vitest";
import {
  combineRows,
  everyRow,
  intersectRows,
  isInRows,
  lowerBound,
  rowsWith,
  toRowSet,
} from "../../../src/data/row_sets";

const A = Int32Array.of(1, 2, 5, 8, 13);
const B = Int32Array.of(0, 2, 3, 8, 21);

it.each([
  ["replace", [0, 2, 3, 8, 21]],
  ["add", [0, 1, 2, 3, 5, 8, 13, 21]],
  ["subtract", [1, 5, 13]],
] as const)("%s combines two sets", (combine, expected) => {
  expect([...combineRows(A, B, combine)]).toEqual(expected);
});

it("the intersection has the rows of both", () => {
  expect([...intersectRows(A, B)]).toEqual([2, 8]);
  expect([...intersectRows(A, new Int32Array(0))]).toEqual([]);
});

it("any rows become a set: ascending, each once, none outside of the embedding", () => {
  expect([...toRowSet([5, 1, 5, -1, 9, 10], 10)]).toEqual([1, 5, 9]);
  expect(toRowSet(A, 14)).toBe(A);
});

it("rows are found where they are, or where they would be", () => {
  expect([...A].every((row) => isInRows(A, row))).toBe(true);
  expect([0, 3, 14].some((row) => isInRows(A, row))).toBe(false);
  expect([0, 1, 6, 14].map((row) => lowerBound(A, row))).toEqual([0, 0, 3, 5]);
});

it.each([0.001, 0.3, 0.999])("the rows with a value, %d of all, are those that a loop finds", (share) => {
  const column = Uint8Array.from({ length: 4001 }, (_, row) => (((row * 7919) % 4001) / 4001 < share ? 2 : row % 2));
  for (const value of [0, 1, 2, 3]) {
    const rows = [...everyRow(column.length)].filter((row) => column[row] === value);
    expect([...rowsWith(column, value)]).toEqual(rows);
  }
});
