/** Against Array.sort, which is stable, too. */
import { describe, expect, it } from "vitest";
import type { Column } from "../../../src/data/column";
import { SHORTEST } from "../../../src/data/number_spelling";
import { type SortKey, sortRows } from "../../../src/data/sort_rows";
import { rankByBytes } from "../../../src/data/text_order";
import { Random } from "../../../src/math/random";
import { dictionaryOf, numberColumn, textColumn } from "./columns";

const ROWS = 2_000;
const seeded = new Random(7);
const random = () => seeded.uniform();
const pick = <T>(among: readonly T[]) => among[Math.floor(random() * among.length)]!;
const numbers = Array.from({ length: ROWS }, () =>
  random() < 0.05 ? null : pick([0, -0, 1, -1, 2.5, -1e300, 1e300, 5e-324, Infinity, -Infinity, random() - 0.5]),
);
const WORDS = ["Zürich", "zebra", "Apfel", "apfel", "item 10", "item 2", "", "東京", "é", "e", "f", "naïve 🎉"];
const words = Array.from({ length: ROWS }, () => (random() < 0.05 ? null : pick(WORDS)));
const columns: Column[] = [numberColumn("n", numbers), textColumn("w", words)];
const all = Int32Array.from({ length: ROWS }, (_, row) => row);
const { compare } = new Intl.Collator(undefined, { numeric: true });

/** The order that people expect, one row at a time. */
function expected(rows: Int32Array, keys: readonly SortKey[]): number[] {
  const byKey = ({ column, isDescending }: SortKey) => {
    const cells: readonly (number | string | null)[] = column === "n" ? numbers : words;
    return (a: number, b: number) => {
      const [left, right] = [cells[a]!, cells[b]!];
      if (left === null || right === null) return Number(left === null) - Number(right === null);
      const order = column === "n" ? (left < right ? -1 : left > right ? 1 : 0) : compare(String(left), String(right));
      return isDescending ? -order : order;
    };
  };
  const compares = keys.map(byKey);
  return [...rows].sort((a, b) => compares.reduce((order, compareBy) => order || compareBy(a, b), 0));
}

describe("sortRows", () => {
  it.each([
    [[{ column: "n", isDescending: false }]],
    [[{ column: "n", isDescending: true }]],
    [[{ column: "w", isDescending: false }]],
    [[{ column: "w", isDescending: true }]],
    [
      [
        { column: "w", isDescending: true },
        { column: "n", isDescending: false },
      ],
    ],
    [
      [
        { column: "n", isDescending: true },
        { column: "w", isDescending: true },
      ],
    ],
  ])("by %j is as Array.sort has it", (keys) => {
    expect([...sortRows(all, columns, keys)]).toEqual(expected(all, keys));
  });

  it("sorts some rows among themselves, and leaves what it is given alone", () => {
    const some = all.filter((row) => row % 3 === 0).reverse();
    const before = [...some];
    const keys = [{ column: "n", isDescending: false }];
    expect([...sortRows(some, columns, keys)]).toEqual(expected(some, keys));
    expect([...some]).toEqual(before);
  });

  it("takes no rows, no keys, and a column that is gone", () => {
    expect(sortRows(new Int32Array(0), columns, [{ column: "n", isDescending: false }])).toHaveLength(0);
    expect([...sortRows(all, columns, [])]).toEqual([...all]);
    expect([...sortRows(all, columns, [{ column: "gone", isDescending: false }])]).toEqual([...all]);
  });
});

describe("rankByBytes", () => {
  it("orders as comparing the bytes does, ASCII letters whatever their case", () => {
    const texts = Array.from({ length: 3_000 }, () =>
      Array.from({ length: Math.floor(random() * 6) }, () => pick(["a", "A", "b", "é", "本", "🎉", " ", "z"])).join(""),
    );
    const ranks = rankByBytes(dictionaryOf(texts));
    const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    for (let at = 1; at < texts.length; at++) {
      const bytes = Buffer.compare(Buffer.from(fold(texts[at - 1]!)), Buffer.from(fold(texts[at]!)));
      expect(Math.sign(ranks[at - 1]! - ranks[at]!)).toBe(bytes);
    }
  });
});

it("sorts a million rows of a million texts, and of numbers, as comparing them does", () => {
  const rows = 1_000_000;
  const ranks = Int32Array.from({ length: rows }, (_, row) => (row * 7919) % rows);
  const dictionary = dictionaryOf(Array.from(ranks, (rank) => `document ${String(rank).padStart(6, "0")}`));
  const codes = Int32Array.from({ length: rows }, (_, row) => row);
  const text: Column = { kind: "text", name: "t", rows, codes, dictionary };
  const values = Float64Array.from({ length: rows }, () => random() - 0.5);
  const number: Column = { kind: "number", name: "n", rows, values, spelling: SHORTEST };
  const sorted = (column: Column) => sortRows(codes, [column], [{ column: column.name, isDescending: false }]);
  const [byText, byNumber] = [sorted(text), sorted(number)];
  for (let at = 0; at < rows; at++) if (ranks[byText[at]!] !== at) throw new Error(`text ${at} out of order`);
  for (let at = 1; at < rows; at++) {
    if (values[byNumber[at - 1]!]! > values[byNumber[at]!]!) throw new Error(`number ${at} out of order`);
  }
});
