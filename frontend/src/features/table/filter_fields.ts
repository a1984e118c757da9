/** Which rows the reader wants to see: the others fade in the picture and leave the table. Legend and table set it. */
import { readFilters, writeFilters } from "../../data/filter_text";
import type { Filter } from "../../data/filters";
import { type Field, held } from "../../data/field";

export interface FilterState {
  /** One a column at most; all must hold. */
  filters: readonly Filter[];
  /** The rows, rising, of which all filters hold; null: there are none, or nobody has looked yet. */
  filteredRows: Int32Array | null;
}

export const FILTER_FIELDS: { readonly [Name in keyof FilterState]: Field<FilterState[Name]> } = {
  filters: { initial: [], text: { read: readFilters, write: writeFilters } },
  filteredRows: held(null),
};

export interface FilterActions {
  /** Takes the place of the column's filter; null: takes it away. */
  filterBy(column: string, filter: Filter | null): void;
  clearFilters(): void;
}
