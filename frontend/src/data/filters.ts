/** Row filters: conditions on columns, combined with AND. They are created by the legend and the table. */
import { type CodedTexts, type Column, cellText, codedTexts } from "./column";
import { rowsWith } from "./row_sets";

export type Filter = ContainsFilter | RangeFilter | ValuesFilter;

/** The text contains `text`, ignoring case. */
interface ContainsFilter {
  readonly kind: "contains";
  readonly column: string;
  readonly text: string;
}

/** `min <= value <= max`; null: unbounded. */
interface RangeFilter {
  readonly kind: "range";
  readonly column: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** The value is one of these, or none of them; null stands for missing values. */
export interface ValuesFilter {
  readonly kind: "values";
  readonly column: string;
  readonly values: readonly (string | null)[];
  readonly isExcluding: boolean;
}

/** Sets the filter of a column, which has at most one; null removes it. */
export function withFilter(filters: readonly Filter[], column: string, filter: Filter | null): readonly Filter[] {
  const at = filters.findIndex((one) => one.column === column);
  if (filter === null) return at < 0 ? filters : filters.filter((one) => one.column !== column);
  return at < 0 ? [...filters, filter] : filters.map((one, index) => (index === at ? filter : one));
}

export function filterOf(filters: readonly Filter[], column: string): Filter | null {
  return filters.find((filter) => filter.column === column) ?? null;
}

/** The rows, ascending, that pass every filter. Filters on columns that do not exist are ignored. */
export function filterRows(
  columns: readonly Column[],
  filters: readonly Filter[],
  rows: number,
): Int32Array<ArrayBuffer> {
  const passing = new Uint8Array(rows).fill(1);
  for (const filter of filters) {
    const column = columns.find((one) => one.name === filter.column);
    if (column !== undefined) clearFailing(column, filter, passing);
  }
  return rowsWith(passing, 1);
}

/** Sets the rows to 0 that fail the filter. */
function clearFailing(column: Column, filter: Filter, passing: Uint8Array): void {
  const texts = column.kind === "text" || filter.kind === "contains" ? codedTexts(column) : null;
  if (texts !== null) clearTexts(texts, filter, passing);
  else if (filter.kind === "range" && column.kind !== "text") clearNumbers(column.values, filter, passing);
  else {
    const textOf = filter.kind === "contains" ? cellText : valueText;
    for (let row = 0; row < passing.length; row++) if (!holdsFor(filter, textOf(column, row))) passing[row] = 0;
  }
}

/** Texts shared by many rows are tested once. */
function clearTexts({ codes, dictionary }: CodedTexts, filter: Filter, passing: Uint8Array): void {
  const holds = dictionary.all().map((text) => holdsFor(filter, text));
  const holdsForNothing = holdsFor(filter, null);
  for (let row = 0; row < passing.length; row++) {
    if (!(holds[codes[row]!] ?? holdsForNothing)) passing[row] = 0;
  }
}

function clearNumbers(values: Float64Array, filter: RangeFilter, passing: Uint8Array): void {
  const [min, max] = [filter.min ?? Number.NEGATIVE_INFINITY, filter.max ?? Number.POSITIVE_INFINITY];
  for (let row = 0; row < passing.length; row++) {
    const value = values[row]!;
    if (!(value >= min && value <= max)) passing[row] = 0; // A missing value (NaN) is in no range.
  }
}

/**
 * A value in the form used by filters on values, colors and addresses: a number with all its digits, however it is
 * spelled. So «3.1» and «3.10» are one value, and a filter also holds in a step that spells its numbers otherwise. It
 * is shown as `valueName` has it.
 */
export function valueText(column: Column, row: number): string | null {
  if (column.kind === "text") return cellText(column, row);
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : String(value);
}

/** A value as it is to be shown: as the first cell spells it that has it. */
export function valueName(column: Column | null, value: string): string {
  if (column === null || column.kind === "text") return value;
  const row = column.values.indexOf(Number(value));
  return (row < 0 ? null : cellText(column, row)) ?? value;
}

function holdsFor(filter: Filter, text: string | null): boolean {
  if (filter.kind === "values") return filter.values.includes(text) !== filter.isExcluding;
  if (text === null) return false;
  if (filter.kind === "contains") return text.toLowerCase().includes(filter.text.toLowerCase());
  const value = Number(text); // A range on a text column applies to the texts that are numbers.
  return text.trim() !== "" && value >= (filter.min ?? -Infinity) && value <= (filter.max ?? Infinity);
}
