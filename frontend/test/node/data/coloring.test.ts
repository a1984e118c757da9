import { describe, expect, it } from "vitest";
import { plainChoice, withOwnColor } from "../../../src/data/color_choice";
import {
  type CategoricalLegend,
  colorShares,
  computeColoring,
  defaultColorColumn,
  MAX_CATEGORIES,
  type NumericLegend,
  sharesColumn,
} from "../../../src/data/coloring";
import { cellText, type NumberColumn, type TextColumn } from "../../../src/data/column";
import { cssColor, MISSING } from "../../../src/data/css_color";
import { legendLines } from "../../../src/data/legend_lines";
import { SHORTEST } from "../../../src/data/number_spelling";
import { rampColor, VIRIDIS } from "../../../src/data/numeric_colors";
import { computeSizes } from "../../../src/data/point_sizes";
import { TextDictionary } from "../../../src/data/text_dictionary";
import { numberColumn, textColumn } from "./columns";

function texts(name: string, values: (string | null)[]): TextColumn {
  const distinct = [...new Set(values.filter((value) => value !== null))];
  const parts = distinct.map((text) => new TextEncoder().encode(text));
  const offsets = Int32Array.of(
    0,
    ...parts.map((_, at) => parts.slice(0, at + 1).reduce((sum, part) => sum + part.length, 0)),
  );
  const dictionary = new TextDictionary(Uint8Array.from(parts.flatMap((part) => [...part])), offsets);
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : distinct.indexOf(value)));
  return { kind: "text", name, rows: values.length, codes, dictionary };
}

const numbers = (kind: "integer" | "number", values: number[]): NumberColumn => ({
  kind,
  name: "n",
  rows: values.length,
  values: Float64Array.from(values),
  spelling: SHORTEST,
});
const rgb = (colors: Uint8Array, row: number) => [...colors.subarray(4 * row, 4 * row + 3)];

describe("categories", () => {
  it("named as pandas writes missing values are gray, below the others; a country's code is not", () => {
    const { colors, legend } = computeColoring(texts("t", ["nan", "nan", "<NA>", "A", "NA", null]));
    const { categories } = legend as CategoricalLegend;
    expect(categories.map(({ text }) => text)).toEqual(["A", "NA", "nan", "<NA>"]);
    for (const row of [0, 2]) expect(rgb(colors, row)).toEqual(rgb(colors, 5));
    expect(rgb(colors, 4)).not.toEqual(rgb(colors, 5));
    const own = withOwnColor(plainChoice("t"), "nan", [1, 2, 3]);
    expect(rgb(computeColoring(texts("t", ["nan", "A"]), own).colors, 0)).toEqual([1, 2, 3]);
  });

  it("are counted, the most frequent first, and missing is none of them", () => {
    const { colors, legend } = computeColoring(texts("t", ["b", "ä", "ä", null, "ä"]));
    const { categories, missing, others } = legend as CategoricalLegend;
    expect(categories.map(({ text, count }) => [text, count])).toEqual([
      ["ä", 3],
      ["b", 1],
    ]);
    expect([missing, others]).toEqual([1, { categories: 0, count: 0 }]);
    expect(rgb(colors, 1)).toEqual([...categories[0]!.color]);
    expect(rgb(colors, 0)).toEqual([...categories[1]!.color]);
    expect(new Set(rgb(colors, 3)).size).toBe(1); // Gray.
  });

  it("beyond the most that get a color are counted as others", () => {
    const values = Array.from({ length: MAX_CATEGORIES + 7 }, (_, at) => `c${at}`);
    const { categories, others } = computeColoring(texts("t", values)).legend as CategoricalLegend;
    expect([categories.length, others]).toEqual([MAX_CATEGORIES, { categories: 7, count: 7 }]);
  });

  it("that are whole numbers rise", () => {
    const { colors, legend } = computeColoring(numbers("integer", [10, 2, 2, Number.NaN]));
    expect((legend as CategoricalLegend).categories.map(({ text }) => text)).toEqual(["2", "10"]);
    expect(legend.missing).toBe(1);
    expect(rgb(colors, 3)).toEqual([...MISSING]);
  });
});

describe("numbers", () => {
  it("go from one end of the ramp to the other; what is not finite is missing", () => {
    const { colors, legend } = computeColoring(numbers("number", [-1, 3, Number.POSITIVE_INFINITY, Number.NaN]));
    expect(legend).toMatchObject({ kind: "numeric", min: -1, max: 3, missing: 2 } satisfies Partial<NumericLegend>);
    expect([rgb(colors, 0), rgb(colors, 1)]).toEqual([[...rampColor(VIRIDIS, 0)], [...rampColor(VIRIDIS, 1)]]);
    expect([rgb(colors, 2), rgb(colors, 3)]).toEqual([[...MISSING], [...MISSING]]);
    expect(new Set(MISSING).size, "gray").toBe(1);
  });

  it("that are all missing have no range", () => {
    expect(computeColoring(numbers("number", [Number.NaN])).legend).toMatchObject({ min: 0, max: 0, missing: 1 });
  });
});

it("a saved legend shows «no value» in the gray of its points", () => {
  const column = texts("t", ["a", "b", null, "a"]);
  const { colors, legend } = computeColoring(column);
  const line = legendLines(legend).find(({ text }) => text === "no value");
  expect(line?.color).toBe(cssColor(rgb(colors, 2) as [number, number, number]));
});

it("colors by classes unless every row is a class of its own", () => {
  const classes = texts("class", ["a", "b", "a", "b", "a", "b"]);
  const names = texts("name", ["p", "q", "r", "s", "t", "u"]);
  expect(defaultColorColumn([names, classes], "name")).toBe("class");
  expect(defaultColorColumn([names], "name")).toBeNull();
});

it("takes a column with a single value, or of lists, only where no other fits", () => {
  const often = (name: string, values: (string | null)[]) => texts(name, Array(9).fill(values).flat());
  const [same, lists] = [often("same", ["a", "a", null]), often("lists", ["[1, 2]", '["a"]', "(1, 2)"])];
  const years = { ...numbers("integer", Array(30).fill(2024)), name: "year" };
  const classes = often("class", ["a", "b", "[c]"]);
  expect(defaultColorColumn([same, lists, years, classes], "same")).toBe("class");
  expect(defaultColorColumn([lists, classes], "lists")).toBe("class");
  expect(
    defaultColorColumn([years, { ...years, name: "of two", values: years.values.map((_, at) => at % 2) }], null),
  ).toBe("of two");
  expect(defaultColorColumn([same], null)).toBe("same");
});

it("the share of neighbors kept has the same colors in every picture, and gray where it was not measured", () => {
  const colors = (...shares: number[]) => {
    const { colors } = colorShares(sharesColumn(Float32Array.from(shares)));
    return shares.map((_, row) => rgb(colors, row));
  };
  expect(colors(0, 0.5, 1, NaN)).toEqual([...[0, 0.5, 1].map((share) => rampColor(VIRIDIS, share)), MISSING]);
  expect(colors(0.5, 0.5)).toEqual([rampColor(VIRIDIS, 0.5), rampColor(VIRIDIS, 0.5)]);
  const { legend } = colorShares(sharesColumn(Float32Array.of(0.25, NaN)));
  expect(legend).toMatchObject({ column: "neighbors kept", min: 0, max: 1, missing: 1 });
});

it("colors, counts and sizes numbers whose range is no number", () => {
  const column = numberColumn("extreme", [-1.7e308, 0, 1.7e308]);
  const { colors, legend } = computeColoring(column, null);
  const [low, middle, high] = [0, 4, 8].map((at) => [...colors.subarray(at, at + 3)]);
  const scaled = computeColoring(numberColumn("plain", [-1, 0, 1]), null);
  expect([low, middle, high]).toEqual([0, 4, 8].map((at) => [...scaled.colors.subarray(at, at + 3)]));
  expect([...(legend as NumericLegend).values.bins]).toEqual([...(scaled.legend as NumericLegend).values.bins]);
  expect(computeSizes(column).sizes).toEqual(computeSizes(numberColumn("plain", [-1, 0, 1])).sizes);
});

it("texts keep a byte order mark that they begin with", () => {
  const marked = textColumn("word", ["\uFEFFant", "ant"]);
  expect([cellText(marked, 0), cellText(marked, 1)]).toEqual(["\uFEFFant", "ant"]);
});
