import { describe, expect, it } from "vitest";
import { cellText, findColumn } from "../../../src/data/column";
import { whyNotImage, whyNotSize } from "../../../src/data/column_use";
import { writeMetadata } from "../../../src/data/metadata_text";
import { type Tag, withTags } from "../../../src/data/tags";
import { numberColumn, textColumn } from "./columns";

const tag = (column: string, value: string, ...rows: number[]): Tag => ({ column, value, rows: Int32Array.from(rows) });
const WORD = textColumn("word", ["ä", "b", null, "ä"]);
const AGE = numberColumn("age", [1.5, null, 3, 4]);

function cells(tags: readonly Tag[], name: string): (string | null)[] {
  const column = findColumn(withTags([WORD, AGE], tags, 4), name)!;
  return Array.from({ length: 4 }, (_, row) => cellText(column, row));
}

describe("tags", () => {
  it("make a column that is not there, after those that are", () => {
    const columns = withTags([WORD, AGE], [tag("kind", "日本", 1, 3)], 4);
    expect(columns.map(({ name }) => name)).toEqual(["word", "age", "kind"]);
    expect([columns[0], columns[1]]).toEqual([WORD, AGE]);
    expect(cells([tag("kind", "日本", 1, 3)], "kind")).toEqual([null, "日本", null, "日本"]);
  });

  it("change a column, the newest last; an empty one takes the value away", () => {
    expect(cells([tag("word", "c", 0, 1), tag("word", "ä", 1), tag("word", "", 3)], "word")).toEqual([
      "c",
      "ä",
      null,
      null,
    ]);
  });

  it("leave the column of the file as it was", () => {
    withTags([WORD], [tag("word", "c", 0)], 4);
    expect([cellText(WORD, 0), WORD.dictionary.size]).toEqual(["ä", 2]);
  });

  it("leave a column of numbers one while they are numbers", () => {
    expect(cells([tag("age", "7", 1), tag("age", "", 0)], "age")).toEqual([null, "7", "3", "4"]);
    expect(withTags([AGE], [tag("age", "7", 1)], 4)[0]!.kind).toBe("number");
    expect(cells([tag("age", "old", 3)], "age")).toEqual(["1.5", null, "3", "old"]);
  });

  it("on rows that are not there change nothing", () => {
    expect(cells([tag("word", "c", 4, 99)], "word")).toEqual(["ä", "b", null, "ä"]);
  });
});

describe("metadata as text", () => {
  const text = (...args: Parameters<typeof writeMetadata>) => [...writeMetadata(...args)].join("");

  it("has names in its first line, all digits, and nothing where nothing is", () => {
    expect(text([WORD, AGE])).toBe("word\tage\nä\t1.5\nb\t\n\t3\nä\t4\n");
  });

  it("of one column has no names, as TensorBoard reads it", () => {
    expect(text([textColumn("w", ["a", "b"])])).toBe("a\nb\n");
  });

  it("has no cell that ends a cell or a line", () => {
    expect(text([textColumn("a\tb", ["x\r\ny\tz"]), AGE.rows === 4 ? textColumn("c", ["\n"]) : AGE])).toBe(
      "a b\tc\nx y z\t \n",
    );
  });

  it("of many rows comes in parts", () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => row);
    const parts = [...writeMetadata([numberColumn("n", rows)])];
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join("").trim().split("\n").map(Number)).toEqual(rows);
  });
});

describe("what a column can be used for", () => {
  it.each([
    [textColumn("t", ["a", " 7 "]), undefined],
    [textColumn("t", ["-.5"]), undefined],
    [textColumn("t", ["a", "", "1x", "Infinity"]), "holds no numbers"],
    [AGE, undefined],
  ])("sizes: %#", (column, why) => expect(whyNotSize(column)).toBe(why));

  it.each([
    [textColumn("t", ["", "cats/1.PNG"]), undefined],
    [textColumn("t", ["https://elsewhere.example/1.png"]), "names no images"],
    [textColumn("t", ["//elsewhere.example/1.png"]), "names no images"],
    [textColumn("t", ["cat"]), "names no images"],
    [AGE, "names no images"],
  ])("images: %#", (column, why) => expect(whyNotImage(column)).toBe(why));
});
