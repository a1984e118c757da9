/** Against a look at every row; and the text form there and back. */
import { describe, expect, it } from "vitest";
import { readFilters, writeFilters } from "../../../src/data/filter_text";
import { type Filter, filterRows, withFilter } from "../../../src/data/filters";
import { nextSort, readSort, writeSort } from "../../../src/data/sort_text";
import { numberColumn, textColumn } from "./columns";

const KINDS = ["Noun", "verb", null, "", "pronoun", "12", "7"];
const kinds = Array.from({ length: 500 }, (_, row) => KINDS[(row * row) % KINDS.length]!);
const ages = Array.from({ length: 500 }, (_, row) => (row % 11 === 0 ? null : (row % 40) - 10 + (row % 2) / 2));
const columns = [textColumn("kind", kinds), numberColumn("age", ages)];

function expected(holds: (row: number) => boolean): number[] {
  return Array.from(kinds.keys()).filter(holds);
}

describe("filterRows", () => {
  it.each<[Filter, (row: number) => boolean]>([
    [{ kind: "contains", column: "kind", text: "NOUN" }, (row) => /noun/i.test(kinds[row] ?? "")],
    [{ kind: "contains", column: "kind", text: "" }, (row) => kinds[row] !== null],
    [
      { kind: "range", column: "age", min: -2, max: 3.5 },
      (row) => ages[row] !== null && ages[row]! >= -2 && ages[row]! <= 3.5,
    ],
    [{ kind: "range", column: "age", min: null, max: 0 }, (row) => ages[row] !== null && ages[row]! <= 0],
    [{ kind: "range", column: "kind", min: 8, max: null }, (row) => kinds[row] === "12"],
    [
      { kind: "values", column: "kind", values: ["verb", null], isExcluding: false },
      (row) => kinds[row] === "verb" || kinds[row] === null,
    ],
    [
      { kind: "values", column: "kind", values: ["", "verb"], isExcluding: true },
      (row) => kinds[row] !== "" && kinds[row] !== "verb",
    ],
    [
      { kind: "values", column: "age", values: ["-9.5", "3"], isExcluding: false },
      (row) => ages[row] === -9.5 || ages[row] === 3,
    ],
    [{ kind: "contains", column: "age", text: ".5" }, (row) => String(ages[row] ?? "").includes(".5")],
    [{ kind: "contains", column: "gone", text: "x" }, () => true],
  ])("%j", (filter, holds) => {
    expect([...filterRows(columns, [filter], 500)]).toEqual(expected(holds));
  });

  it("wants all of them to hold", () => {
    const filters: Filter[] = [
      { kind: "contains", column: "kind", text: "noun" },
      { kind: "range", column: "age", min: 0, max: null },
    ];
    const holds = (row: number) => /noun/i.test(kinds[row] ?? "") && (ages[row] ?? -1) >= 0;
    expect([...filterRows(columns, filters, 500)]).toEqual(expected(holds));
  });
});

it("holds one filter a column", () => {
  const [first, second] = [
    { kind: "contains", column: "a", text: "1" },
    { kind: "contains", column: "a", text: "2" },
  ] as const;
  const both = withFilter(withFilter([], "b", { ...first, column: "b" }), "a", first);
  expect(withFilter(both, "a", second).map((filter) => filter.column)).toEqual(["b", "a"]);
  expect(withFilter(both, "b", null)).toEqual([first]);
});

describe("as text", () => {
  it.each<[readonly Filter[]]>([
    [[]],
    [[{ kind: "contains", column: "a:b,c", text: "100 % ~=" }]],
    [
      [
        { kind: "range", column: "ä", min: -1.5, max: null },
        { kind: "range", column: "b", min: 1e-9, max: 1e21 },
      ],
    ],
    [[{ kind: "values", column: "", values: [null, "", "x,y", '"'], isExcluding: true }]],
  ])("%j comes back", (filters) => expect(readFilters(writeFilters(filters))).toEqual(filters));

  it.each(["a", "a:", "a:?:b", "a:~:b:c", "a:..:1", "a:..:x..2", "%", "a:~:b,a:~:c", ",", "a:~:b,"])(
    "%s is none",
    (text) => {
      expect(readFilters(text)).toBeUndefined();
    },
  );

  it("holds sort keys", () => {
    const keys = [
      { column: "-a,b", isDescending: true },
      { column: "", isDescending: false },
    ];
    expect(readSort(writeSort(keys))).toEqual(keys);
    expect(readSort("%")).toBeUndefined();
  });
});

it("a click sorts rising, then falling, then not; with Shift among the others", () => {
  const rising = nextSort([], "a", false);
  const falling = nextSort(rising, "a", false);
  expect([rising, falling, nextSort(falling, "a", false)]).toEqual([
    [{ column: "a", isDescending: false }],
    [{ column: "a", isDescending: true }],
    [],
  ]);
  const two = nextSort(falling, "b", true);
  expect(two.map((key) => key.column)).toEqual(["a", "b"]);
  expect(nextSort(nextSort(two, "a", true), "b", true)).toEqual([{ column: "b", isDescending: true }]);
  expect(nextSort(two, "b", false)).toEqual([{ column: "b", isDescending: true }]);
});
