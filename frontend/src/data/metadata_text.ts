/** Writes metadata as TSV for TensorBoard: one line per row, with names in the first line. */
import { type Column, cellText } from "./column";

/** Rows per part: each part takes a few milliseconds. */
const PART_ROWS = 20_000;

/**
 * Yields parts, so that saving a million rows does not block. A single column is written without a header, as
 * TensorBoard expects.
 */
export function* writeMetadata(columns: readonly Column[]): Generator<string> {
  if (columns.length > 1) yield `${columns.map(({ name }) => clean(name)).join("\t")}\n`;
  const rows = columns[0]?.rows ?? 0;
  for (let from = 0; from < rows; from += PART_ROWS) {
    yield writeRows(columns, from, Math.min(rows, from + PART_ROWS));
  }
}

function writeRows(columns: readonly Column[], from: number, end: number): string {
  const lines: string[] = [];
  for (let row = from; row < end; row++) {
    lines.push(columns.map((column) => clean(cellText(column, row) ?? "")).join("\t"));
  }
  return `${lines.join("\n")}\n`;
}

/** The format has no quoting: tabs and line breaks become spaces. */
function clean(text: string): string {
  return /[\t\r\n]/.test(text) ? text.replace(/\r\n|[\t\r\n]/g, " ") : text;
}
