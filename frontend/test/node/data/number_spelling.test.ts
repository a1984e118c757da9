/** Numbers are shown as the metadata file spells them, wherever a cell is shown, copied, searched or saved. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainChoice } from "../../../src/data/color_choice";
import { type CategoricalLegend, computeColoring } from "../../../src/data/coloring";
import { type Column, cellStart, cellText, type NumberColumn } from "../../../src/data/column";
import type { Coordinates } from "../../../src/data/coordinates";
import { filterWords } from "../../../src/data/filter_words";
import { filterRows, type ValuesFilter } from "../../../src/data/filters";
import { findLabeled } from "../../../src/data/labels";
import { legendLines } from "../../../src/data/legend_lines";
import { saveLegend } from "../../../src/data/legend_saved";
import { parseMetadata } from "../../../src/data/metadata";
import { writeMetadata } from "../../../src/data/metadata_text";
import { readSpelling, spellNumber, writeSpelling } from "../../../src/data/number_spelling";
import { takeColumn } from "../../../src/data/part_of_rows";
import { writeCsv } from "../../../src/data/points_table";
import {
  blocksOf,
  blockText,
  headText,
  type PageHead,
  readSavedView,
  type SavedView,
} from "../../../src/data/saved_page";
import { findMatches } from "../../../src/data/search";
import { sortRows } from "../../../src/data/sort_rows";
import { withTags } from "../../../src/data/tags";
import { countValues } from "../../../src/data/value_counts";
import { buffersOf, fromPlain, toPlain } from "../../../src/worker/plain_column";
import { numberColumn, textColumn } from "./columns";

const ROWS = 4;
const FIXED = numberColumn("price", [3.1, 0.5, null, 3.1], { kind: "fixed", decimals: 2 });
const PYTHON = numberColumn("share", [1, 1e-5, null, 0.123456789], { kind: "python" });
const OWN = ownColumn("own", ["3.1", "3.10", null, ".5"]);
const ALL: [NumberColumn, (string | null)[]][] = [
  [FIXED, ["3.10", "0.50", null, "3.10"]],
  [PYTHON, ["1.0", "1e-05", null, "0.123456789"]],
  [OWN, ["3.1", "3.10", null, ".5"]],
];

const COORDINATES: Coordinates = {
  ...{ method: "pca", x: new Float32Array(ROWS), y: new Float32Array(ROWS), z: null, rows: ROWS, finiteRows: ROWS },
  ...{ axisNames: [], space: "as stored", iteration: null },
};

function golden(name: string): Buffer {
  return readFileSync(new URL(`../golden/${name}`, import.meta.url));
}

function pageOf(column: Column): SavedView {
  const nothing = {
    z: null,
    colors: null,
    sizes: null,
    rowNumbers: null,
    selected: null,
    near: null,
    nearColors: null,
    filtered: null,
    labelRows: null,
    lines: null,
    sheets: null,
  };
  const { x, y } = COORDINATES;
  const style = { pointSize: null, opacity: null, fog: false, sizeByDepth: false, density: false, showAxes: true };
  const head: PageHead = {
    ...{ title: "", words: "", rows: ROWS, dimensions: 2, theme: "dark", camera: "", axisNames: [], style },
    ...{
      showLabels: true,
      nameColors: false,
      labelColumn: column.name,
      colorColumn: null,
      legend: null,
      sizeLegend: null,
      legendFilter: null,
    },
    hasLabelPoints: false,
  };
  return { head, x, y, ...nothing, columns: [column] };
}

function ownColumn(name: string, texts: readonly (string | null)[]): NumberColumn {
  const { codes, dictionary } = textColumn(name, texts);
  const values = texts.map((text) => (text === null ? null : Number(text)));
  return numberColumn(name, values, { kind: "own", codes, dictionary });
}

const cells = (column: Column) => Array.from({ length: column.rows }, (_, row) => cellText(column, row));

describe("what Python wrote", () => {
  const written: Record<string, string[]> = JSON.parse(golden("numbers.json").toString());

  it.each(Object.entries(written))("as %s is shown so", (name, texts) => {
    const spelling = readSpelling(name, null);
    expect(writeSpelling(spelling)).toBe(name);
    expect(texts.map((text) => spellNumber(Number(text), spelling))).toEqual(texts);
  });
});

it("what is no spelling is read as the shortest", () => {
  for (const text of [undefined, "", "fixed:", "fixed:101", "roman"])
    expect(readSpelling(text, null).kind).toBe("shortest");
});

describe.each(ALL)("a column of numbers, %#,", (column, texts) => {
  it("shows its cells to the letter", () => {
    expect(cells(column)).toEqual(texts);
    expect(texts.map((_, row) => cellStart(column, row, 300))).toEqual(texts);
  });

  it("reaches a worker as it is", () => {
    const plain = toPlain(column);
    const copy = fromPlain(structuredClone(plain, { transfer: buffersOf(plain) as ArrayBuffer[] }));
    expect(cells(copy)).toEqual(texts);
  });

  it("is taken in parts, without the texts of others", () => {
    const part = takeColumn(column, Int32Array.of(3, 2)) as NumberColumn;
    expect(cells(part)).toEqual([texts[3], null]);
    if (part.spelling.kind === "own") expect(part.spelling.dictionary.all()).toEqual([".5"]);
  });

  it("is saved in a page, a table and as metadata", () => {
    const saved = pageOf(column);
    const blocks = new Map([...blocksOf(saved)].map((block) => [block[0], blockText(block)]));
    const read = readSavedView(headText(saved), (name) => blocks.get(name) ?? null);
    expect(cells(read.columns[0]!)).toEqual(texts);
    const lines = [...writeCsv(Int32Array.of(0, 1, 2, 3), COORDINATES, [column])].join("").trim().split("\r\n");
    expect(lines.slice(1).map((line) => line.split(",").at(-1))).toEqual(texts.map((text) => text ?? ""));
    expect([...writeMetadata([column])].join("")).toBe(`${texts.map((text) => text ?? "").join("\n")}\n`);
  });

  it("is found by what it shows", () => {
    const find = (text: string) => [...findMatches([column], { text, mode: "exact", matchCase: true })];
    expect(find(texts[1]!)).toEqual([1]);
    expect(findLabeled(column, texts[1]!)).toEqual({ row: 1, count: 1 });
    const filter = { kind: "contains", column: column.name, text: texts[1]! } as const;
    expect([...filterRows([column], [filter], ROWS)]).toEqual([1]);
  });

  it("keeps its cells when one is tagged, which shows what was typed", () => {
    for (const value of ["7", "2.50", "1e5", "0x10"]) {
      const [tagged] = withTags([column], [{ column: column.name, value, rows: Int32Array.of(2) }], ROWS);
      expect(cells(tagged!)).toEqual([texts[0], texts[1], value, texts[3]]);
      expect((tagged as NumberColumn).values[2]).toBe(Number(value));
    }
    const [cleared] = withTags([column], [{ column: column.name, value: "", rows: Int32Array.of(0) }], ROWS);
    expect(cells(cleared!)).toEqual([null, ...texts.slice(1)]);
    const [renamed] = withTags([column], [{ column: column.name, value: "old", rows: Int32Array.of(0) }], ROWS);
    expect(cells(renamed!)).toEqual(["old", ...texts.slice(1)]);
  });

  it("is numbers for sorting and ranges", () => {
    const range = { kind: "range", column: column.name, min: 0.2, max: null } as const;
    const expected = [...column.values.keys()].filter((row) => column.values[row]! >= 0.2);
    expect([...filterRows([column], [range], ROWS)]).toEqual(expected);
    const order = sortRows(Int32Array.of(0, 1, 2, 3), [column], [{ column: column.name, isDescending: false }]);
    expect(order.at(-1)).toBe(2);
  });
});

it("a tag that follows the spelling needs no texts", () => {
  const [tagged] = withTags([FIXED], [{ column: "price", value: "2.50", rows: Int32Array.of(2) }], ROWS);
  expect((tagged as NumberColumn).spelling).toBe(FIXED.spelling);
});

describe("two spellings of one number", () => {
  const { legend } = computeColoring(OWN, { ...plainChoice("own"), kind: "categorical" });
  const filter: ValuesFilter = { kind: "values", column: "own", values: ["3.1", null], isExcluding: false };

  it("are one category, called as the first that occurs", () => {
    const categories = (legend as CategoricalLegend).categories.map(({ text, name, count }) => [text, name, count]);
    expect(categories).toEqual([
      ["0.5", ".5", 1],
      ["3.1", "3.1", 2],
    ]);
    expect(legendLines(legend).map(({ text }) => text)).toEqual([".5", "3.1", "no value"]);
    expect(saveLegend(legend)).toMatchObject({ categories: [{ text: "0.5", name: ".5" }, { text: "3.1" }] });
  });

  it("are one value of the filters", () => {
    const counts = countValues(OWN)!;
    expect(Array.from({ length: 3 }, (_, at) => Object.values(counts.at(at)))).toEqual([
      ["3.1", "3.1", 2],
      ["0.5", ".5", 1],
      [null, "no value", 1],
    ]);
    expect([...filterRows([OWN], [filter], ROWS)]).toEqual([0, 1, 2]);
  });

  it("are named in words as they are shown", () => {
    expect(filterWords([{ ...filter, column: "price" }], [FIXED])).toBe("price 3.10 or no value");
    expect(filterWords([filter], [])).toBe("own 3.1 or no value");
  });
});

describe("an answer", () => {
  it("lists no column of texts of numbers", () => {
    const { columns } = parseMetadata(new Uint8Array(golden("spellings.arrows")));
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["price", "number"],
      ["own", "number"],
    ]);
    expect(columns.map(cells)).toEqual([
      ["3.10", "0.50", null],
      [".5", "1.50", null],
    ]);
  });
});
