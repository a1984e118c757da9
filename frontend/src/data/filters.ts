/** Which rows a reader wants to see: conditions on columns, all of which must hold. The legend and the table make them. */
import { type Column, cellText } from "./column";
import { flaggedRows } from "./row_sets";

export type Filter = ContainsFilter | RangeFilter | ValuesFilter;

/** The text holds `text`, whatever the case. */
export interface ContainsFilter {
  readonly kind: "contains";
  readonly column: string;
  readonly text: string;
}

/** `least <= value <= most`; null: no end there. */
export interface RangeFilter {
  readonly kind: "range";
  readonly column: string;
  readonly least: number | null;
  readonly most: number | null;
}

/** The value is one of these, or none of them; null among them is «no value». */
export interface ValuesFilter {
  readonly kind: "values";
  readonly column: string;
  readonly values: readonly (string | null)[];
  readonly isExcluding: boolean;
}

/** One filter a column: another one takes its place, null takes it away. */
export function withFilter(filters: readonly Filter[], column: string, filter: Filter | null): readonly Filter[] {
  const at = filters.findIndex((one) => one.column === column);
  if (filter === null) return at < 0 ? filters : filters.filter((one) => one.column !== column);
  return at < 0 ? [...filters, filter] : filters.map((one, index) => (index === at ? filter : one));
}

export function filterOf(filters: readonly Filter[], column: string): Filter | null {
  return filters.find((filter) => filter.column === column) ?? null;
}

/** The rows, rising, of which every filter holds. One on a column that is not there asks nothing. */
export function filterRows(
  columns: readonly Column[],
  filters: readonly Filter[],
  rows: number,
): Int32Array<ArrayBuffer> {
  const passing = new Uint8Array(rows).fill(1);
  for (const filter of filters) {
    const column = columns.find((one) => one.name === filter.column);
    if (column !== undefined) strike(column, filter, passing);
  }
  return flaggedRows(passing);
}

/** Sets to 0 the rows of which the filter does not hold. */
function strike(column: Column, filter: Filter, passing: Uint8Array): void {
  if (column.kind === "text") {
    const holds = column.dictionary.all().map((text) => holdsFor(filter, text));
    const holdsForNothing = holdsFor(filter, null);
    for (let row = 0; row < passing.length; row++) {
      if (!(holds[column.codes[row]!] ?? holdsForNothing)) passing[row] = 0;
    }
  } else if (filter.kind === "range") {
    const [least, most] = [filter.least ?? Number.NEGATIVE_INFINITY, filter.most ?? Number.POSITIVE_INFINITY];
    for (let row = 0; row < passing.length; row++) {
      const value = column.values[row]!;
      if (!(value >= least && value <= most)) passing[row] = 0; // No value is in no range.
    }
  } else {
    for (let row = 0; row < passing.length; row++) if (!holdsFor(filter, valueText(column, row))) passing[row] = 0;
  }
}

/** A value as filters name it: numbers with all their digits. */
export function valueText(column: Column, row: number): string | null {
  if (column.kind === "text") return cellText(column, row);
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : String(value);
}

function holdsFor(filter: Filter, text: string | null): boolean {
  if (filter.kind === "values") return filter.values.includes(text) !== filter.isExcluding;
  if (text === null) return false;
  if (filter.kind === "contains") return text.toLowerCase().includes(filter.text.toLowerCase());
  const value = Number(text); // A range on a column of texts: those that are numbers.
  return text.trim() !== "" && value >= (filter.least ?? -Infinity) && value <= (filter.most ?? Infinity);
}
