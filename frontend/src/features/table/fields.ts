/** The table under the picture: whether it is open, how it is sorted, and which rows it holds in which order. */
import { readNames, writeNames } from "../../data/name_text";
import type { SortKey } from "../../data/sort_rows";
import { readSort, writeSort } from "../../data/sort_text";
import { type Field, flag, held } from "../../data/field";

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

export const TABLE_FIELDS: { readonly [Name in keyof TableState]: Field<TableState[Name]> } = {
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
  /** As if the pointer were on the row's point in the picture; null: on none. */
  pointAt(row: number | null): void;
  /** Puts the keyboard into an open table. */
  focusTable(): void;
}
