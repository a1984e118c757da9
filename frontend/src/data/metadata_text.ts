/** Metadata as the text that TensorBoard reads: a line for each row, cells between tabs, names in the first line. */
import type { Column } from "./column";
import { valueText } from "./filters";

/** Rows of a part: each is made in some milliseconds. */
const PART_ROWS = 20_000;

/** In parts, so that whoever saves a million rows can breathe between them. One column has no line of names: nor has its file. */
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
    lines.push(columns.map((column) => clean(valueText(column, row) ?? "")).join("\t"));
  }
  return `${lines.join("\n")}\n`;
}

/** The format knows no quotes: what would end a cell or a line is a space. */
function clean(text: string): string {
  return /[\t\r\n]/.test(text) ? text.replace(/\r\n|[\t\r\n]/g, " ") : text;
}
