/** Columns on their way to the server: one Arrow stream with one record batch. */
import { Field, makeData, makeVector, RecordBatch, Schema, Struct, Table, tableToIPC } from "apache-arrow";

export const ARROW_TYPE = "application/vnd.apache.arrow.stream";

/** @param columns all of one length. */
export function writeColumns(columns: Readonly<Record<string, Float32Array | Int32Array>>): Uint8Array<ArrayBuffer> {
  const vectors = Object.entries(columns).map(([name, values]) => [name, makeVector(values)] as const);
  const fields = vectors.map(([name, vector]) => new Field(name, vector.type, false));
  const children = vectors.map(([, vector]) => vector.data[0]!);
  const length = Object.values(columns)[0]?.length ?? 0;
  const batch = new RecordBatch(new Schema(fields), makeData({ type: new Struct(fields), length, children }));
  return tableToIPC(new Table(batch), "stream") as Uint8Array<ArrayBuffer>;
}
