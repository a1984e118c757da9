import { describe, expect, it } from "vitest";
import type { Column } from "../../../src/data/column";
import { cellText } from "../../../src/data/column";
import { SHORTEST } from "../../../src/data/number_spelling";
import { takeColumn, takePairs, takeRows } from "../../../src/data/part_of_rows";
import { blocksOf, blockText, headText, readSavedView, type SavedView } from "../../../src/data/saved_page";
import { TextDictionary } from "../../../src/data/text_dictionary";

const TEXTS = ["</script><script>alert(1)</script>", "日本語 «»", "unused", "<!--"];

function textColumn(codes: readonly number[]): Column {
  const bytes = TEXTS.map((text) => new TextEncoder().encode(text));
  const offsets = [0];
  for (const one of bytes) offsets.push(offsets.at(-1)! + one.length);
  const all = Uint8Array.from(bytes.flatMap((one) => [...one]));
  const dictionary = new TextDictionary(all, Int32Array.from(offsets));
  return { kind: "text", name: "</script>", rows: codes.length, codes: Int32Array.from(codes), dictionary };
}

function view(): SavedView {
  const numbers: Column = {
    kind: "number",
    name: "n",
    rows: 4,
    values: Float64Array.of(1.5, Number.NaN, -0, 1e300),
    spelling: SHORTEST,
  };
  return {
    head: {
      ...{ title: "<b>run</b> · </script>", words: "4 points", rows: 4, dimensions: 3, theme: "dark", camera: "" },
      ...{
        axisNames: ["PC 1"],
        showLabels: true,
        nameColors: false,
        labelColumn: "</script>",
        colorColumn: null,
        legend: null,
        sizeLegend: null,
      },
      style: { pointSize: null, opacity: 0.5, fog: true, sizeByDepth: false, density: false, showAxes: false },
      hasLabelPoints: true,
      legendFilter: { kind: "values", column: "</script>", values: ["<b>", null], isExcluding: true },
    },
    ...{ x: Float32Array.of(0.1, 2, Number.NaN, 4), y: Float32Array.of(5, 6, 7, 8), z: null },
    ...{ colors: Uint8Array.from({ length: 16 }, (_, at) => at), sizes: null, rowNumbers: null },
    ...{ selected: Int32Array.of(1, 3), labelRows: Int32Array.of(3, 0), lines: Uint32Array.of(0, 1) },
    ...{ near: Int32Array.of(2), nearColors: Uint8Array.of(9, 8, 7, 255), filtered: Int32Array.of(0, 1, 2) },
    sheets: {
      grid: { columns: 2, rows: 1, thumbWidth: 8, thumbHeight: 4, width: 16, height: 4 },
      files: [
        { type: "image/png", bytes: Uint8Array.of(1, 2, 3) },
        { type: "image/<webp>", bytes: Uint8Array.of(4) },
      ],
    },
    columns: [textColumn([0, -1, 1, 3]), numbers],
  };
}

function written(saved: SavedView) {
  return { head: headText(saved), blocks: new Map([...blocksOf(saved)].map((block) => [block[0], blockText(block)])) };
}

describe("a saved page", () => {
  it("reads back what was written, number by number", () => {
    const saved = view();
    const { head, blocks } = written(saved);
    const read = readSavedView(head, (name) => blocks.get(name) ?? null);
    expect(read.head).toEqual(saved.head);
    for (const name of [
      "x",
      "y",
      "z",
      "colors",
      "sizes",
      "selected",
      "near",
      "nearColors",
      "filtered",
      "labelRows",
      "lines",
      "sheets",
      "rowNumbers",
    ] as const)
      expect(read[name], name).toEqual(saved[name]);
    expect(read.columns.map((column) => [0, 1, 2, 3].map((row) => cellText(column, row)))).toEqual([
      [TEXTS[0], null, TEXTS[1], TEXTS[3]],
      ["1.5", null, "0", "1e+300"],
    ]);
  });

  it("saved before spellings were shows its numbers with all their digits", () => {
    const { head, blocks } = written(view());
    expect(head).toContain(',"spelling":"shortest"');
    const read = readSavedView(head.replace(',"spelling":"shortest"', ""), (name) => blocks.get(name) ?? null);
    expect(cellText(read.columns[1]!, 3)).toBe("1e+300");
  });

  it("holds nothing that HTML reads as markup, whatever the labels say", () => {
    const { head, blocks } = written(view());
    expect(head).not.toContain("<");
    for (const text of blocks.values()) expect(text).toMatch(/^[A-Za-z0-9+/=]*$/);
  });

  it("says what is wrong with a page that was damaged or is of another format", () => {
    const { head, blocks } = written(view());
    const reading = (text: string, change: Record<string, string>) => () =>
      readSavedView(text, (name) => change[name] ?? blocks.get(name) ?? null);
    expect(reading(head, { x: "AAAA" })).toThrow("cut off");
    expect(reading(head, { x: "AAAAAA==" })).toThrow("not whole");
    expect(reading(head, { y: "¡" })).toThrow("damaged");
    expect(reading(head.replace('"version":1', '"version":2'), {})).toThrow("format is 2");
  });
});

describe("a part of the rows", () => {
  const rows = Int32Array.of(0, 3);

  it("keeps no text of the others", () => {
    const part = takeColumn(textColumn([0, 2, 1, 3]), rows);
    expect([0, 1].map((row) => cellText(part, row))).toEqual([TEXTS[0], TEXTS[3]]);
    expect(part.kind === "text" && part.dictionary.all()).toEqual([TEXTS[0], TEXTS[3]]);
  });

  it("takes as many numbers a row as there are", () => {
    expect(takeRows(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), rows, 2)).toEqual(Uint8Array.of(1, 2, 7, 8));
    expect(takePairs(Uint32Array.of(0, 3, 3, 1, 3, 0), rows, 4)).toEqual(Uint32Array.of(0, 1, 1, 0));
  });
});
