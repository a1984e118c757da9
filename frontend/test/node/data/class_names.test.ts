/** Which classes have their names in the picture, and from which rows their middles are found. */
import { expect, it } from "vitest";
import { nameClasses } from "../../../src/data/class_names";
import { classesOf } from "../../../src/data/classes";
import { type CategoricalLegend, computeColoring } from "../../../src/data/coloring";
import type { Column } from "../../../src/data/column";
import { numberColumn, textColumn } from "./columns";

function name(column: Column, among: number | Int32Array = column.rows, filtered: Int32Array | null = null) {
  const { categories } = computeColoring(column).legend as CategoricalLegend;
  return nameClasses(classesOf(column), categories, among, filtered);
}

const kinds = textColumn("kind", ["b", "a", "a", "nan", null, "", "c", "b", "a"]);

it("the largest come first; what is no value has no name", () => {
  const { names, rows } = name(kinds);
  expect(names).toEqual(["a", "b", "c"]);
  expect(rows.map((some) => [...some])).toEqual([[1, 2, 8], [0, 7], [6]]);
});

it("of numbers have the names of the legend", () => {
  const digit = { ...numberColumn("digit", [7, 7, null, 3]), kind: "integer" } as Column;
  expect(name(digit).names).toEqual(["7", "3"]);
});

it("only isolated rows that pass the filters count, and a class without any has no name", () => {
  const { names, rows } = name(kinds, Int32Array.of(0, 1, 2, 7), Int32Array.of(0, 1, 6, 7, 8));
  expect(names).toEqual(["b", "a"]);
  expect(rows.map((some) => [...some])).toEqual([[0, 7], [1]]);
  expect(name(kinds, kinds.rows, Int32Array.of(6)).names).toEqual(["c"]);
});

it("of many rows are sampled all over, and no more than thirty have a name", () => {
  const cells = Array.from({ length: 45_000 }, (_, row) => `v${row < 22_500 ? row % 45 : 0}`);
  const { names, rows } = name(textColumn("kind", cells));
  expect([names.length, names[0]]).toEqual([30, "v0"]);
  expect(rows[0]!.length).toBeLessThanOrEqual(1_000);
  expect(rows[0]!.length).toBeGreaterThan(900);
  expect(rows[0]!.every((row, at) => cells[row] === "v0" && (at === 0 || row > rows[0]![at - 1]!))).toBe(true);
  expect(rows[0]!.at(-1)).toBeGreaterThan(44_900);
});
