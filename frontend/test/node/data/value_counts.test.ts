import { expect, it } from "vitest";
import { countValues, extentOf, type ValueCounts } from "../../../src/data/value_counts";
import { numberColumn, textColumn } from "./columns";

const all = (counts: ValueCounts | null) =>
  counts === null ? null : Array.from({ length: counts.size }, (_, at) => Object.values(counts.at(at)));

it("counts texts, the most frequent first, no value last", () => {
  expect(all(countValues(textColumn("kind", ["b", "a", null, "b", "c", "a", "b"])))).toEqual([
    ["b", "b", 3],
    ["a", "a", 2],
    ["c", "c", 1],
    [null, "no value", 1],
  ]);
});

it("counts numbers with all their digits", () => {
  const third = 1 / 3;
  expect(all(countValues(numberColumn("x", [third, 2, third, Number.NaN])))).toEqual([
    [String(third), String(third), 2],
    ["2", "2", 1],
    [null, "no value", 1],
  ]);
});

it("has the number of rows with a value as it is typed", () => {
  const texts = countValues(textColumn("kind", ["b", "a", null, "b", "no value"]))!;
  expect(["b", "a", "no value", "", "B"].map(texts.countOf)).toEqual([2, 1, 1, 0, 0]);
  const numbers = countValues(numberColumn("x", [3.1, 0, 3.1, Number.NaN]))!;
  expect(["3.1", "3.10", " 0 ", "", "NaN", "x", "4"].map(numbers.countOf)).toEqual([2, 2, 1, 0, 0, 0, 0]);
});

it("offers no list of numbers that all differ", () => {
  const cells = Array.from({ length: 20_000 }, (_, at) => at);
  expect(countValues(numberColumn("x", cells))).toBeNull();
});

it("keeps texts that all differ in the order of the file", () => {
  const cells = Array.from({ length: 1000 }, (_, at) => `id ${at}`);
  const counts = countValues(textColumn("id", cells));
  expect(counts?.size).toBe(1000);
  expect(counts?.at(999)).toEqual({ value: "id 999", name: "id 999", count: 1 });
});

it("knows the ends of a column of numbers", () => {
  expect(extentOf(numberColumn("x", [3, Number.NaN, -1]))).toEqual([-1, 3]);
  expect(extentOf(numberColumn("x", [Number.NaN]))).toBeNull();
});
