/** The distinct values of a column and their number of rows, for the choice of filter values and tags. */
import { type Column, cellText, type NumberColumn, type TextColumn } from "./column";
import { SHORTEST } from "./number_spelling";
import { sortRows } from "./sort_rows";

interface ValueCount {
  /** In the form used by filters; null: missing. */
  readonly value: string | null;
  /** As it is shown: of a number's spellings the first that occurs. */
  readonly name: string;
  readonly count: number;
}

/** Avoids an object per value: a column may have a million, and a list shows ten. */
export interface ValueCounts {
  readonly size: number;
  at(index: number): ValueCount;
  /** Number of rows with a value as it is typed: a number in any spelling. */
  countOf(text: string): number;
}

type Lookup = Pick<ValueCounts, "at" | "countOf">;

/** Maximum number of distinct numbers to choose from: for more, a range is more useful. */
export const MAX_NUMBERS = 10_000;

/** Name of missing values. */
const NO_VALUE = "no value";

/** The most frequent first, missing values last; null: more numbers than MAX_NUMBERS. */
export function countValues(column: Column): ValueCounts | null {
  return column.kind === "text" ? countTexts(column) : countNumbers(column);
}

function countTexts({ codes, dictionary }: TextColumn): ValueCounts {
  const counts = new Float64Array(dictionary.size);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const order = byCount(counts);
  const at = (index: number) => {
    const value = dictionary.at(order[index]!);
    return { value, name: value, count: counts[order[index]!]! };
  };
  return withMissing(order.length, missing, { at, countOf: (text) => counts[dictionary.codeOf(text)] ?? 0 });
}

/** Indices with nonzero count, the greatest first; ties in their original order. */
function byCount(counts: Float64Array): Int32Array {
  const codes = Int32Array.from(counts.keys()).filter((code) => counts[code]! > 0);
  if (codes.length === counts.length && counts.every((count) => count === 1)) return codes;
  const column: NumberColumn = {
    kind: "number",
    name: "count",
    rows: counts.length,
    values: counts,
    spelling: SHORTEST,
  };
  return sortRows(codes, [column], [{ column: "count", isDescending: true }]);
}

function countNumbers(column: NumberColumn): ValueCounts | null {
  const [counts, firstRows] = [new Map<number, number>(), new Map<number, number>()];
  let missing = 0;
  for (let row = 0; row < column.values.length; row++) {
    const value = column.values[row]!;
    if (Number.isNaN(value)) missing++;
    else if (countOne(counts, value) === 1) firstRows.set(value, row);
    if (counts.size > MAX_NUMBERS) return null;
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const at = (index: number) => {
    const [value, count] = sorted[index]!;
    return { value: String(value), name: cellText(column, firstRows.get(value)!)!, count };
  };
  const countOf = (text: string) => (text.trim() === "" ? 0 : (counts.get(Number(text)) ?? 0));
  return withMissing(sorted.length, missing, { at, countOf });
}

function countOne(counts: Map<number, number>, value: number): number {
  const count = (counts.get(value) ?? 0) + 1;
  counts.set(value, count);
  return count;
}

function withMissing(size: number, missing: number, { at, countOf }: Lookup): ValueCounts {
  if (missing === 0) return { size, at, countOf };
  return {
    size: size + 1,
    countOf,
    at: (index) => (index === size ? { value: null, name: NO_VALUE, count: missing } : at(index)),
  };
}

/** Minimum and maximum of a numeric column; null if it has no values. */
export function extentOf(column: Column): readonly [min: number, max: number] | null {
  if (column.kind === "text") return null;
  let [min, max] = [Infinity, -Infinity];
  for (const value of column.values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? null : [min, max];
}
