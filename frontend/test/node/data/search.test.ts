/** Matches of a query in each of its modes, against the plainest way to say the same. */
import { describe, expect, it, vi } from "vitest";
import type { TextColumn } from "../../../src/data/column";
import { JoinedTexts } from "../../../src/data/joined_texts";
import {
  findMatches,
  findRows,
  makeMatch,
  nextMatch,
  prepareMatches,
  type QUERY_MODES,
  QueryError,
  TEXTS_PER_REPORT,
} from "../../../src/data/search";
import { Random } from "../../../src/math/random";
import { numberColumn, textColumn } from "./columns";

const CELLS = ["Paris", "paris", "Comparison", null, "PARIS.", "Zürich", "p.ris"];
const words = textColumn("word", CELLS);
const years = numberColumn("year", [1900, 19, null, 190, 2.5, 0, 1]);

function find(text: string, mode: (typeof QUERY_MODES)[number], matchCase: boolean, columns = [words, years]) {
  const query = { text, mode, matchCase };
  const rows = [...findMatches(columns, query)];
  expect(rows).toEqual([...findRows(columns, makeMatch(query))]);
  return rows;
}

describe("a query", () => {
  it.each([
    ["paris", "text", false, [0, 1, 2, 4]],
    ["paris", "text", true, [1, 2]],
    ["paris", "exact", false, [0, 1]],
    ["paris", "exact", true, [1]],
    ["p.ris", "regex", false, [0, 1, 2, 4, 6]],
    ["^P.ris$", "regex", true, [0]],
    ["p.ris", "text", false, [6]],
    ["ZÜRICH", "exact", false, [5]],
    ["19", "text", false, [0, 1, 3]],
    ["19", "exact", false, [1]],
    ["2.5", "exact", true, [4]],
  ] as const)("«%s» as %s, case %s, finds %j", (text, mode, matchCase, rows) => {
    expect(find(text, mode, matchCase)).toEqual(rows);
  });

  it("finds in all texts at once what it finds in each", () => {
    const random = new Random(5);
    const pick = (from: string) => from[Math.floor(random.uniform() * from.length)]!;
    const word = () => Array.from({ length: Math.floor(random.uniform() * 6) }, () => pick("abAİßΣ\0\n ")).join("");
    for (let round = 0; round < 200; round++) {
      const column = textColumn("word", Array.from({ length: 30 }, word));
      for (const mode of ["text", "exact"] as const) find(word() || "a", mode, random.uniform() < 0.5, [column]);
    }
  });

  it("finds the same among texts that are all distinct, and in other columns beside them", () => {
    const distinct = textColumn(
      "word",
      Array.from({ length: 500 }, (_, row) => `word ${row}`),
    );
    const { codes } = distinct as TextColumn;
    expect(codes.every((code, row) => code === row)).toBe(true);
    const tail = { ...distinct, rows: 100, codes: codes.slice(0, 100) } as TextColumn;
    for (const text of ["word", "7", "word 77", "none"]) {
      for (const mode of ["text", "exact", "regex"] as const) {
        find(text, mode, false, [distinct]);
        find(text, mode, true, [tail]);
        find(text, mode, true, [tail, numberColumn("n", [...Array(100).keys()])]);
      }
    }
  });

  it("once prepared, has no texts left to join; an expression joins none", () => {
    const join = vi.spyOn(JoinedTexts, "of");
    const column = textColumn("word", CELLS);
    prepareMatches([column, years], { mode: "regex", matchCase: false });
    expect(join).not.toHaveBeenCalled();
    prepareMatches([column, years], { mode: "text", matchCase: false });
    expect(join).toHaveBeenCalledTimes(1);
    expect(find("paris", "text", false, [column])).toEqual([0, 1, 2, 4]);
    expect(join).toHaveBeenCalledTimes(1);
    join.mockRestore();
  });

  it("reports every so many texts and numbers that an expression gets on, and nothing of other queries", () => {
    const texts = Array.from({ length: 2 * TEXTS_PER_REPORT }, (_, row) => `word ${row}`);
    const values = Array.from({ length: TEXTS_PER_REPORT }, (_, row) => row / 7);
    const [named, numbered] = [textColumn("word", texts), numberColumn("n", [...values, ...values.map(() => null)])];
    for (const [columns, reports] of [
      [[named], 2],
      [[numbered], 1],
      [[named, numbered], 3],
    ] as const) {
      const report = vi.fn();
      expect(findMatches(columns, { text: "$", mode: "regex", matchCase: true }, report).length).toBeGreaterThan(0);
      expect(report).toHaveBeenCalledTimes(reports);
      findMatches(columns, { text: "word", mode: "text", matchCase: true }, report);
      expect(report).toHaveBeenCalledTimes(reports);
    }
  });

  it("looks in the columns given only", () => {
    expect(find("19", "text", false, [words])).toEqual([]);
  });

  it("says in words what is wrong with an expression", () => {
    expect(() => makeMatch({ text: "a/(", mode: "regex", matchCase: false })).toThrow(QueryError);
    expect(() => makeMatch({ text: "a/(", mode: "regex", matchCase: false })).toThrow(
      "Invalid regular expression: unterminated group.",
    );
  });
});

describe("walking along matches", () => {
  const matches = Int32Array.of(3, 7, 9);

  it.each([
    [null, 1, 3],
    [null, -1, 9],
    [3, 1, 7],
    [9, 1, 3],
    [3, -1, 9],
    [8, 1, 9],
    [8, -1, 7],
    [100, 1, 3],
  ] as const)("from %s by %s comes to %s", (row, by, next) => expect(nextMatch(matches, row, by)).toBe(next));

  it("leads nowhere without matches", () => expect(nextMatch(new Int32Array(0), 3, 1)).toBeNull());
});
