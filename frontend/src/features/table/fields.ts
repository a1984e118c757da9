/** The table under the picture: whether it is open, how it is sorted, and which rows it holds in which order. */

import { type Fields, flag, held } from "../../data/field";
import { readFilters, writeFilters } from "../../data/filter_text";
import type { Filter } from "../../data/filters";
import { readNames, writeNames } from "../../data/name_text";
import type { SortKey } from "../../data/sort_rows";
import { readSort, writeSort } from "../../data/sort_text";

export interface TableState {
  tableOpen: boolean;
  /** The first key counts most; none: by row number. */
  tableSort: readonly SortKey[];
  tableOnlySelected: boolean;
  /** Columns for where the points are on the screen. */
  tableCoordinates: boolean;
  /** A column for how far each row is from the selected point, where that is known. */
  tableDistances: boolean;
  /** Keys of columns that come first, in this order; the others follow as the file has them. */
  tableOrder: readonly string[];
  /** Keys of columns that are not shown. */
  tableHidden: readonly string[];
  /** px; remembered by this browser. */
  tableHeight: number;
  /** The rows in the table's order; null: all points in their own. */
  tableRows: Int32Array | null;
}

export const TABLE_HEIGHT = { least: 120, most: 900 } as const;

export const TABLE_FIELDS: Fields<TableState> = {
  tableOpen: flag(false),
  tableSort: { initial: [], text: { read: readSort, write: writeSort } },
  tableOnlySelected: flag(false),
  tableCoordinates: flag(false),
  tableDistances: flag(false),
  tableOrder: { initial: [], text: { read: readNames, write: writeNames } },
  tableHidden: { initial: [], text: { read: readNames, write: writeNames } },
  tableHeight: held(260),
  tableRows: held(null),
};

export interface TableActions {
  /** Puts the keyboard into an open table. */
  focusTable(): void;
}

/** Which rows the reader wants to see: the others fade in the picture and leave the table. Legend and table set it. */
export interface FilterState {
  /** One a column at most; all must hold. */
  filters: readonly Filter[];
  /** The rows, rising, of which all filters hold; null: there are none, or nobody has looked yet. */
  filteredRows: Int32Array | null;
}

export const FILTER_FIELDS: Fields<FilterState> = {
  filters: { initial: [], text: { read: readFilters, write: writeFilters } },
  filteredRows: held(null),
};

export interface FilterActions {
  /** Takes the place of the column's filter; null: takes it away. */
  filterBy(column: string, filter: Filter | null): void;
  clearFilters(): void;
}
