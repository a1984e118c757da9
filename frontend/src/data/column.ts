/** A metadata column: one value, possibly missing, per point. */

import { type NumberSpelling, spellNumber } from "./number_spelling";
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
  readonly spelling: NumberSpelling;
}

/** Texts shared by rows: for each row its code in `dictionary`, -1 for missing values. */
export type CodedTexts = Pick<TextColumn, "codes" | "dictionary">;

export type Column = TextColumn | NumberColumn;

/** The texts of a column that has them, as they are in the metadata file; null: numbers that follow a rule. */
export function codedTexts(column: Column): CodedTexts | null {
  if (column.kind === "text") return column;
  return column.spelling.kind === "own" ? column.spelling : null;
}

/** The text of a row in the metadata file, to the letter; `null` for missing values. */
export function cellText(column: Column, row: number): string | null {
  const texts = codedTexts(column);
  if (texts !== null) {
    const code = texts.codes[row] ?? -1;
    return code < 0 ? null : texts.dictionary.at(code);
  }
  const { values, spelling } = column as NumberColumn;
  const value = values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : spellNumber(value, spelling);
}

/** The first characters of `cellText`: enough for a table cell. */
export function cellStart(column: Column, row: number, chars: number): string | null {
  const texts = codedTexts(column);
  if (texts === null) return cellText(column, row);
  const code = texts.codes[row] ?? -1;
  return code < 0 ? null : texts.dictionary.start(code, chars);
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
