import { describe, expect, it } from "vitest";
import { oklchToRgb, type Rgb } from "../../../src/data/categorical_colors";
import {
  choiceFor,
  plainChoice,
  readColorChoices,
  withChoice,
  withOwnColor,
  withoutChoice,
  writeColorChoices,
} from "../../../src/data/color_choice";
import { allScales } from "../../../src/data/color_scales";
import { type CategoricalLegend, computeColoring, type NumericLegend } from "../../../src/data/coloring";
import type { ValuesFilter } from "../../../src/data/filters";
import { clickedFilter, standingOf } from "../../../src/data/legend_filter";
import { rampColor } from "../../../src/data/numeric_colors";
import { numberColumn, textColumn } from "./columns";

const rgb = (colors: Uint8Array, row: number) => [...colors.subarray(4 * row, 4 * row + 3)];

describe("a choice of colors as text", () => {
  it("comes back, whatever column and values are called", () => {
    const choice = withOwnColor({ ...plainChoice("a:b,c=%"), kind: "categorical", middle: -2.5 }, "x:=ü", [0, 15, 255]);
    const choices = [choice, plainChoice("d;e")];
    expect(readColorChoices(writeColorChoices(choices))).toEqual(choices);
  });

  it.each([
    "x",
    "a:b:c",
    "a::viridis:1:2",
    "a::none:::",
    "a::viridis:x::",
    "a::viridis::::v=12",
    "%:::::",
    "a::viridis:::;x",
  ])("«%s» is none", (text) => expect(readColorChoices(text)).toBeUndefined());
});

it("the choices for one column are kept while another's are made", () => {
  const painted = withOwnColor(plainChoice("kind"), "a", [1, 2, 3]);
  const both = withChoice(withChoice([], painted), { ...plainChoice("age"), scale: "magma" });
  expect(choiceFor(both, "kind")).toBe(painted);
  expect(choiceFor(both, "age")?.scale).toBe("magma");
  expect(choiceFor(both, "other")).toBeNull();
  expect(withChoice(both, plainChoice("age"))).toEqual([painted, plainChoice("age")]);
  expect(withoutChoice(both, "age")).toEqual([painted]);
});

describe("a column that is taken", () => {
  it("as a scale although it has few whole numbers, and as categories although it measures", () => {
    const kinds = (kind: "categorical" | "numeric", cells: number[]) =>
      computeColoring(numberColumn("n", cells), { ...plainChoice("n"), kind }).legend.kind;
    expect([kinds("numeric", [1, 2]), kinds("categorical", [0.5, 1.5])]).toEqual(["numeric", "categorical"]);
  });

  it("as a scale holds the numbers that its texts write; all others are missing", () => {
    const column = textColumn("t", ["1", "n/a", " ", "5", null]);
    const { legend } = computeColoring(column, { ...plainChoice("t"), kind: "numeric" });
    expect(legend).toMatchObject({ kind: "numeric", min: 1, max: 5, missing: 3 } satisfies Partial<NumericLegend>);
  });

  it("as a scale stays categories where no text is a number", () => {
    const { legend } = computeColoring(textColumn("t", ["a"]), { ...plainChoice("t"), kind: "numeric" });
    expect(legend.kind).toBe("categorical");
  });
});

describe("a range", () => {
  it("clamps what lies beyond it, and the legend still knows the values", () => {
    const column = numberColumn("n", [-10, 0, 5, 10, 100]);
    const { colors, legend } = computeColoring(column, { ...plainChoice("n"), min: 0, max: 10 });
    expect(legend).toMatchObject({ min: 0, max: 10, values: { min: -10, max: 100 } });
    expect(rgb(colors, 0)).toEqual(rgb(colors, 1));
    expect(rgb(colors, 4)).toEqual(rgb(colors, 3));
    expect([...(legend as NumericLegend).values.bins].reduce((sum, count) => sum + count)).toBe(5);
  });

  it("that diverges has its middle where it was chosen, each side half of the scale", () => {
    const choice = { ...plainChoice("n"), scale: "blue-orange" as const, middle: 8 };
    const { colors, legend } = computeColoring(numberColumn("n", [0, 4, 8, 9, 10]), choice);
    const { ramp } = (legend as NumericLegend).scale;
    const wanted = [0, 0.25, 0.5, 0.75, 1].map((share) => [...rampColor(ramp, share)]);
    expect([0, 1, 2, 3, 4].map((row) => rgb(colors, row))).toEqual(wanted);
  });

  it("that diverges has its middle at 0 where both signs occur, else halfway", () => {
    const middle = (cells: number[]) =>
      (
        computeColoring(numberColumn("n", cells), { ...plainChoice("n"), scale: "green-purple" })
          .legend as NumericLegend
      ).middle;
    expect([middle([-1, 9]), middle([2, 4])]).toEqual([0, 3]);
  });
});

describe("scales", () => {
  const lightnessOf = (ramp: readonly Rgb[]) =>
    Array.from({ length: 17 }, (_, at) => luminance(rampColor(ramp, at / 16)));
  const isMonotone = (values: readonly number[]) =>
    new Set(values.slice(1).map((value, at) => Math.sign(value - values[at]!))).size === 1;

  it.each(allScales().filter(({ isDiverging }) => !isDiverging))("«$name» goes one way in lightness", ({ ramp }) => {
    expect(isMonotone(lightnessOf(ramp))).toBe(true);
  });

  it.each(allScales().filter(({ isDiverging }) => isDiverging))("«$name» is lightest in its middle", ({ ramp }) => {
    const lightness = lightnessOf(ramp);
    expect([isMonotone(lightness.slice(0, 9)), isMonotone(lightness.slice(8))]).toEqual([true, true]);
    expect(lightness[8]! - Math.max(lightness[0]!, lightness[16]!)).toBeGreaterThan(0.1);
  });
});

/** Relative luminance as WCAG defines it. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

it("a color of one's own is the value's and no other's, even one beyond the legend's", () => {
  const column = textColumn("t", ["a", "a", "b", null]);
  const choice = withOwnColor(plainChoice("t"), "b", [1, 2, 3]);
  const { colors, legend } = computeColoring(column, choice);
  expect(rgb(colors, 2)).toEqual([1, 2, 3]);
  expect((legend as CategoricalLegend).categories.map(({ text }) => text)).toEqual(["a", "b"]);
  expect(rgb(computeColoring(column, withOwnColor(choice, "b", null)).colors, 2)).not.toEqual([1, 2, 3]);
  expect(oklchToRgb(1, 0, 0)).toEqual([255, 255, 255]);
});

describe("clicks on a value of the legend", () => {
  const clicks = (values: (string | null)[]) => {
    let filter: ValuesFilter | null = null;
    for (const value of values) filter = clickedFilter(filter, "c", value);
    return filter;
  };

  it("show only it, mute it, show all again", () => {
    expect(clicks(["a"])).toMatchObject({ values: ["a"], isExcluding: false });
    expect(clicks(["a", "a"])).toMatchObject({ values: ["a"], isExcluding: true });
    expect(clicks(["a", "a", "a"])).toBeNull();
  });

  it("on several show these, or mute these; «no value» is one of them", () => {
    expect(clicks(["a", null])).toMatchObject({ values: ["a", null], isExcluding: false });
    expect(clicks(["a", null, "a"])).toMatchObject({ values: [null], isExcluding: false });
    expect(clicks(["a", "a", "b"])).toMatchObject({ values: ["a", "b"], isExcluding: true });
  });

  it("follow from how each value stands", () => {
    const standings = (filter: ValuesFilter | null) => ["a", "b"].map((value) => standingOf(filter, value));
    expect(standings(clicks([]))).toEqual(["plain", "plain"]);
    expect(standings(clicks(["a"]))).toEqual(["only", "muted"]);
    expect(standings(clicks(["a", "a"]))).toEqual(["muted", "plain"]);
  });
});
