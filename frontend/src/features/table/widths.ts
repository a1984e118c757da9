/** Widths of the table's columns, from their names and a sample of their cells. */
import type { Column } from "../../data/column";
import { DISTANCE, ROW, type TableColumn } from "./columns";

const CHAR_PX = 7.8;
/** Padding on both sides, and room for the sort mark and the filter button beside the name. */
const [CELL_ROOM_PX, HEAD_ROOM_PX] = [26, 68];
const [MIN_PX, MAX_PX] = [72, 280];
/** Number of cells measured; small, so that a table of a thousand columns opens as fast as one of three. */
const SAMPLED = 12;
const KNOWN = new WeakMap<Column, number>();

export function widthOf(column: TableColumn, rows: number): number {
  if (column.key === ROW) return Math.max(MIN_PX, CELL_ROOM_PX + CHAR_PX * (rows.toLocaleString("en-US").length + 1));
  if (column.column === null) return column.key === DISTANCE ? 132 : 128;
  let width = KNOWN.get(column.column);
  if (width === undefined) {
    width = measure(column, rows);
    KNOWN.set(column.column, width);
  }
  return width;
}

function measure(column: TableColumn, rows: number): number {
  const count = Math.min(SAMPLED, rows);
  let chars = 0;
  for (let at = 0; at < count; at++) {
    chars = Math.max(chars, column.text(Math.floor((at * rows) / count))?.length ?? 0);
  }
  const wanted = Math.max(HEAD_ROOM_PX + CHAR_PX * column.name.length, CELL_ROOM_PX + CHAR_PX * chars);
  return Math.min(MAX_PX, Math.max(MIN_PX, Math.round(wanted)));
}
