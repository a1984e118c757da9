/** Exports points as a table for other programs: row, coordinates, then every metadata column. */
import { type Column, cellText } from "./column";
import type { Coordinates } from "./coordinates";

/** Lines per piece: a text of a million lines is produced in pieces. */
const PIECE = 20_000;

/** CSV (RFC 4180) in pieces, one line per row. NaN and missing values are empty cells. */
export function* writeCsv(rows: Int32Array, coordinates: Coordinates, columns: readonly Column[]): Generator<string> {
  const axes = axesOf(coordinates);
  yield `${columnNames(axes, columns).map(quote).join(",")}\r\n`;
  for (let at = 0; at < rows.length; at += PIECE) {
    const lines: string[] = [];
    for (const row of rows.subarray(at, at + PIECE)) {
      const cells = axes.map(([, values]) => (Number.isFinite(values[row]) ? String(values[row]) : ""));
      lines.push([String(row), ...cells, ...columns.map((column) => quote(cellText(column, row) ?? ""))].join(","));
    }
    yield `${lines.join("\r\n")}\r\n`;
  }
}

/** «row», the axes, and the columns, renamed on conflict: a metadata column may be called «x». */
export function columnNames(axes: readonly [name: string, unknown][], columns: readonly Column[]): string[] {
  const names = new Set(["row", ...axes.map(([name]) => name)]);
  for (const { name } of columns) names.add(freeName(name, names));
  return [...names];
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`metadata ${name}`, taken) : name;
}

/** The axes by their names in the file. */
export function axesOf({ x, y, z }: Coordinates): [name: string, values: Float32Array][] {
  return [["x", x], ["y", y], ...(z === null ? [] : [["z", z] as [string, Float32Array]])];
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
