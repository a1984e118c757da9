/** Encodes columns for the server: one Arrow stream with one record batch. */
import { columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";

export const ARROW_TYPE = "application/vnd.apache.arrow.stream";

/** @param columns all of equal length. */
export function writeColumns(columns: Readonly<Record<string, Float32Array | Int32Array>>): Uint8Array<ArrayBuffer> {
  const table = Object.entries(columns).map(([name, values]) => [name, columnFromArray(values)] as const);
  return tableToIPC(tableFromColumns(table as never), { format: "stream" }) as Uint8Array<ArrayBuffer>;
}
