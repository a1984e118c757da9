/** Legends as lines of text, as in saved pictures and pages. */
import { expect, it } from "vitest";
import { plainChoice } from "../../../src/data/color_choice";
import { computeColoring, MAX_CATEGORIES } from "../../../src/data/coloring";
import { legendLines } from "../../../src/data/legend_lines";
import { numberColumn, textColumn } from "./columns";

/** The color of a row, as CSS. */
const cssOf = (colors: Uint8Array, row: number) => `rgb(${[...colors.subarray(4 * row, 4 * row + 3)].join(" ")})`;

it.each([
  ["viridis", [0, 25, 50, 75, 100], ["0", "25", "50", "75", "100"]],
  ["blue-orange", [-10, -5, 0, 15, 30], ["-10", "-5", "0", "15", "30"]],
] as const)("a scale (%s) is five values, each in the color of a point that has it", (scale, values, texts) => {
  const column = numberColumn("age", [...values, null, null]);
  const { legend, colors } = computeColoring(column, { ...plainChoice("age"), kind: "numeric", scale });
  const lines = legendLines(legend);
  expect(lines.map(({ text }) => text)).toEqual([...texts, "no value"]);
  expect(lines.map(({ count }) => count)).toEqual(["", "", "", "", "", "2"]);
  expect(lines.map(({ color }) => color)).toEqual(lines.map((_, row) => cssOf(colors, row)));
});

it("values beyond the first 24 are counted in one line without a color", () => {
  const cells = Array.from({ length: MAX_CATEGORIES + 10 }, (_, at) => `value ${at}`);
  const { legend } = computeColoring(textColumn("word", [...cells, "value 0"]));
  const lines = legendLines(legend);
  expect(lines).toHaveLength(25);
  expect(lines[0]).toMatchObject({ text: "value 0", count: "2" });
  expect(lines.at(-1)).toEqual({ color: null, text: "and 36 others", count: "36" });
});

it("as many values are named as there is room for, and all others are counted", () => {
  const cells = Array.from({ length: 30 }, (_, at) => `value ${at}`);
  const { legend } = computeColoring(textColumn("word", [...cells, "value 0", null, null]));
  const lines = legendLines(legend, 6);
  expect(lines.map(({ text }) => text)).toEqual([
    ...["value 0", "value 1", "value 2", "value 3"],
    ...["and 26 others", "no value"],
  ]);
  expect(lines.map(({ count }) => count)).toEqual(["2", "1", "1", "1", "26", "2"]);
  const few = computeColoring(textColumn("word", cells.slice(0, 6))).legend;
  expect(legendLines(few, 6).map(({ text }) => text)).toEqual(cells.slice(0, 6));
});

it("a scale has fewer values where there is less room", () => {
  const { legend } = computeColoring(numberColumn("age", [0, 50, 100, null]), {
    ...plainChoice("age"),
    kind: "numeric",
  });
  expect(legendLines(legend, 4).map(({ text }) => text)).toEqual(["0", "50", "100", "no value"]);
});
