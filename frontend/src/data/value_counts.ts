/** The distinct values of a column and their number of rows, for the choice of filter values. */
import type { Column, NumberColumn, TextColumn } from "./column";
import { sortRows } from "./sort_rows";

export interface ValueCount {
  /** In the form used by filters; null: missing. */
  readonly value: string | null;
  readonly count: number;
}

/** Avoids an object per value: a column may have a million, and a list shows ten. */
export interface ValueCounts {
  readonly size: number;
  at(index: number): ValueCount;
}

/** Maximum number of distinct numbers to choose from: for more, a range is more useful. */
export const MAX_NUMBERS = 10_000;

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
  return withMissing(order.length, missing, (index) => ({
    value: dictionary.at(order[index]!),
    count: counts[order[index]!]!,
  }));
}

/** Indices with nonzero count, the greatest first; ties in their original order. */
function byCount(counts: Float64Array): Int32Array {
  const codes = Int32Array.from(counts.keys()).filter((code) => counts[code]! > 0);
  if (codes.length === counts.length && counts.every((count) => count === 1)) return codes;
  const column: NumberColumn = { kind: "number", name: "count", rows: counts.length, values: counts };
  return sortRows(codes, [column], [{ column: "count", isDescending: true }]);
}

function countNumbers({ values }: NumberColumn): ValueCounts | null {
  const counts = new Map<number, number>();
  let missing = 0;
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MAX_NUMBERS) return null;
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return withMissing(sorted.length, missing, (index) => ({
    value: String(sorted[index]![0]),
    count: sorted[index]![1],
  }));
}

function withMissing(size: number, missing: number, at: (index: number) => ValueCount): ValueCounts {
  if (missing === 0) return { size, at };
  return { size: size + 1, at: (index) => (index === size ? { value: null, count: missing } : at(index)) };
}

/** Minimum and maximum of a numeric column; null if it has no values. */
export function extentOf(column: Column): readonly [least: number, most: number] | null {
  if (column.kind === "text") return null;
  let [least, most] = [Infinity, -Infinity];
  for (const value of column.values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least > most ? null : [least, most];
}
