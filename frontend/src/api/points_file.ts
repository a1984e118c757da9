/** Points as an Arrow file, which pandas, Polars, DuckDB and R can read directly. */
import {
  type Column as ArrowColumn,
  columnFromArray,
  dictionary,
  float64,
  tableFromColumns,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import type { Column } from "../data/column";
import type { Coordinates } from "../data/coordinates";
import { axesOf, columnNames } from "../data/points_table";

export function writeArrowFile(
  rows: Int32Array,
  coordinates: Coordinates,
  columns: readonly Column[],
): Uint8Array<ArrayBuffer> {
  const axes = axesOf(coordinates);
  const cells: ArrowColumn<unknown>[] = [
    columnFromArray(rows),
    ...axes.map(([, values]) => columnFromArray(Float32Array.from(rows, (row) => values[row]!))),
    ...columns.map((column) => arrowColumn(column, rows)),
  ];
  const table = columnNames(axes, columns).map((name, at): [string, ArrowColumn<unknown>] => [name, cells[at]!]);
  return tableToIPC(tableFromColumns(table), { format: "file" }) as Uint8Array<ArrayBuffer>;
}

/** Numbers stay numbers, however the metadata file spells them: other programs are to compute with them. */
function arrowColumn(column: Column, rows: Int32Array): ArrowColumn<unknown> {
  if (column.kind !== "text")
    return columnFromArray(
      Array.from(rows, (row) => nullIfNaN(column.values[row]!)),
      float64(),
    );
  const textAt = (row: number) => (column.codes[row]! < 0 ? null : column.dictionary.at(column.codes[row]!));
  return columnFromArray(Array.from(rows, textAt), dictionary(utf8()));
}

function nullIfNaN(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
