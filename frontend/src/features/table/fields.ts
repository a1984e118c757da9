/** The table below the picture: whether it is open, its sort keys, and its rows in order. */

import { flag, held, type Part } from "../../data/field";
import { readFilters, writeFilters } from "../../data/filter_text";
import type { Filter } from "../../data/filters";
import { readNames, writeNames } from "../../data/name_text";
import type { SortKey } from "../../data/sort_rows";
import { readSort, writeSort } from "../../data/sort_text";

interface TableState {
  tableOpen: boolean;
  /** The first key takes precedence; empty: by row number. */
  tableSort: readonly SortKey[];
  tableOnlySelected: boolean;
  /** Show columns with the coordinates on the screen. */
  tableCoordinates: boolean;
  /** Show a column with each row's distance from the selected point, where known. */
  tableDistances: boolean;
  /** Keys of columns that come first, in this order; the others follow in file order. */
  tableOrder: readonly string[];
  /** Keys of hidden columns. */
  tableHidden: readonly string[];
  /** px; stored in this browser. */
  tableHeight: number;
  /** The rows in the table's order; null: all points in their own order. */
  tableRows: Int32Array | null;
}

export const TABLE_HEIGHT = { min: 120, max: 900 } as const;

export interface TableActions {
  /** Focuses an open table. */
  focusTable(): void;
}

/** Row filters: other rows fade in the picture and are not in the table. Set by legend and table. */
interface FilterState {
  /** At most one per column; combined with AND. */
  filters: readonly Filter[];
  /** The rows, ascending, that pass all filters; null: there are none, or no result yet. */
  filteredRows: Int32Array | null;
}

export interface FilterActions {
  /** Sets the column's filter; null removes it. */
  filterBy(column: string, filter: Filter | null): void;
  clearFilters(): void;
}

export const TABLE: Part<TableState & FilterState, TableActions & FilterActions, "table"> = {
  fields: {
    tableOpen: flag(false, "table"),
    tableSort: { initial: [], name: "order of the table", text: { read: readSort, write: writeSort } },
    tableOnlySelected: flag(false, "limit to selected rows"),
    tableCoordinates: flag(false, "coordinates in the table"),
    tableDistances: flag(false, "distances in the table"),
    tableOrder: { initial: [], name: "order of the columns", text: { read: readNames, write: writeNames } },
    tableHidden: { initial: [], name: "hidden columns", text: { read: readNames, write: writeNames } },
    tableHeight: held(260),
    tableRows: held(null),
    filters: { initial: [], name: "filters", text: { read: readFilters, write: writeFilters } },
    filteredRows: held(null),
  },
  tasks: ["table"],
};
