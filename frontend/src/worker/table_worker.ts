/** Sorts and filters the table's rows off the main thread: a million rows take longer than a frame. */
import type { Column } from "../data/column";
import { filterRows } from "../data/filters";
import { everyRow, intersectRows } from "../data/row_sets";
import { sortRows } from "../data/sort_rows";
import { fromPlain } from "./plain_column";
import type { TableAnswer, TableTask, ToTableWorker } from "./table_messages";

const cachedColumns = new Map<string, Column>();

addEventListener("message", ({ data }: MessageEvent<ToTableWorker>) => {
  if (data.kind === "column") cachedColumns.set(data.column.name, fromPlain(data.column));
  else answer(computeOrder(data.task, [...data.passing.map(fromPlain), ...cachedColumns.values()]));
});

function computeOrder({ rows, filters, keys, among }: TableTask, columns: readonly Column[]): TableAnswer {
  const filtered = filters.length === 0 ? null : filterRows(columns, filters, rows);
  const held = among === null ? filtered : filtered === null ? among : intersectRows(filtered, among);
  if (keys.length === 0) return { filtered, order: held };
  const all = held ?? everyRow(rows);
  return { filtered, order: sortRows(all, columns, keys) };
}

/** The same array may be both results, so it is copied, not transferred. */
function answer(message: TableAnswer): void {
  postMessage(message);
}
