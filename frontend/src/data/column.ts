/** A metadata column: one value, possibly missing, per point. */

import { formatNumber } from "./format";
import { isSequenceColumn } from "./sequence_columns";
import type { TextDictionary } from "./text_dictionary";

export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly rows: number;
  /** For each row, the index of its text in `dictionary`; -1 for missing values. */
  readonly codes: Int32Array;
  readonly dictionary: TextDictionary;
}

export interface NumberColumn {
  readonly kind: "integer" | "number";
  readonly name: string;
  readonly rows: number;
  /** NaN for missing values. */
  readonly values: Float64Array;
}

export type Column = TextColumn | NumberColumn;

/** Display text of a column at a row; `null` for missing values. */
export function cellText(column: Column, row: number): string | null {
  if (column.kind === "text") {
    const code = column.codes[row] ?? -1;
    return code < 0 ? null : column.dictionary.at(code);
  }
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : formatNumber(value);
}

/** The first characters of `cellText`: enough for a table cell. */
export function cellStart(column: Column, row: number, chars: number): string | null {
  if (column.kind !== "text") return cellText(column, row);
  const code = column.codes[row] ?? -1;
  return code < 0 ? null : column.dictionary.start(code, chars);
}

const LABEL_NAMES = ["label", "labels", "word", "name", "title", "text"];

/** The default label column: one named as such, otherwise the first text column, otherwise the first. */
export function defaultLabelColumn(all: readonly Column[]): string | null {
  const columns = all.filter(({ name }) => !isSequenceColumn(name));
  const named = LABEL_NAMES.flatMap((name) => columns.filter((column) => column.name.trim().toLowerCase() === name));
  return (named[0] ?? columns.find((column) => column.kind === "text") ?? columns[0])?.name ?? null;
}

export function findColumn(columns: readonly Column[], name: string | null): Column | null {
  return columns.find((column) => column.name === name) ?? null;
}
