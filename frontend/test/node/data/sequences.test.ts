import { describe, expect, it } from "vitest";
import type { Column } from "../../../src/data/column";
import { SHORTEST } from "../../../src/data/number_spelling";
import { computeSequences, sequenceProblem } from "../../../src/data/sequences";
import { TextDictionary } from "../../../src/data/text_dictionary";

function numbers(name: string, values: (number | null)[]): Column {
  return {
    kind: "integer",
    name,
    rows: values.length,
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
    spelling: SHORTEST,
  };
}

function texts(name: string, values: (string | null)[]): Column {
  const encoded = values.map((value) => new TextEncoder().encode(value ?? ""));
  const offsets = new Int32Array(values.length + 1);
  encoded.forEach((bytes, at) => {
    offsets[at + 1] = offsets[at]! + bytes.length;
  });
  const bytes = Uint8Array.from(encoded.flatMap((part) => [...part]));
  const codes = Int32Array.from(values, (value, at) => (value === null ? -1 : at));
  return { kind: "text", name, rows: values.length, codes, dictionary: new TextDictionary(bytes, offsets) };
}

const pairs = (columns: Column[], rows: number) => [...(computeSequences(columns, rows)?.pairs ?? [])];

describe("lines through sequences", () => {
  it("are none without their columns", () => {
    expect(computeSequences([numbers("next", [1, null])], 2)).toBeNull();
  });

  it("go from each row to the row it names", () => {
    expect(pairs([numbers("__next__", [1, 2, null, 0])], 4)).toEqual([0, 1, 1, 2, 3, 0]);
    expect(pairs([numbers("__seq_next__", [1, null])], 2)).toEqual([0, 1]);
  });

  it("take __next__ first, and __seq_next__ where that is empty", () => {
    const both = [numbers("__seq_next__", [2, 2, null]), texts("__next__", ["1", "", null])];
    expect(pairs(both, 3)).toEqual([0, 1, 1, 2]);
  });

  it("go to several rows", () => {
    expect(pairs([texts("__next__", ["1,2", "[2; 0]", "", "0 | 1"])], 4)).toEqual([0, 1, 0, 2, 1, 2, 1, 0, 3, 0, 3, 1]);
  });

  it("are not drawn to what is not a row, and that is reported once", () => {
    const found = computeSequences([texts("__next__", ["9", "-1", "x1", "1.5", "1"])], 4)!;
    expect([...found.pairs]).toEqual([]);
    expect(found.bad).toBe(4);
    expect(found.firstBad).toEqual({ row: 0, text: "9" });
    expect(sequenceProblem(found)!.message).toContain("4 entries name no row of the data in __next__");
    expect(sequenceProblem(computeSequences([numbers("__next__", [0.5, 7, 0])], 3))!.message).toContain(
      "«0.5» at row 0",
    );
  });

  it("end at a point that names itself", () => {
    const found = computeSequences([numbers("__next__", [1, 1])], 2)!;
    expect([[...found.pairs], found.bad]).toEqual([[0, 1], 0]);
  });

  it("of a million rows are read into one array", () => {
    const rows = 1_000_000;
    const next = Float64Array.from({ length: rows }, (_, row) => (row + 1 < rows ? row + 1 : Number.NaN));
    const found = computeSequences(
      [{ kind: "integer", name: "__next__", rows, values: next, spelling: SHORTEST }],
      rows,
    )!;
    expect(found.pairs.length).toBe(2 * (rows - 1));
    expect(found.bad).toBe(0);
  });
});
