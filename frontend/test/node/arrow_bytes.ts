/** Answers as the server sends them, written with the reference writer. */
import { Field, makeData, makeVector, RecordBatch, Schema, Struct, Table, tableToIPC } from "apache-arrow";

export function arrowBytes(
  columns: Record<string, Float32Array | Int32Array>,
  documents: Record<string, unknown>,
): Uint8Array {
  const vectors = Object.entries(columns).map(([name, values]) => [name, makeVector(values)] as const);
  const fields = vectors.map(([name, vector]) => new Field(name, vector.type, false));
  const metadata = new Map(Object.entries(documents).map(([key, value]) => [key, JSON.stringify(value)]));
  const children = vectors.map(([, vector]) => vector.data[0]!);
  const length = Object.values(columns)[0]?.length ?? 0;
  const batch = new RecordBatch(new Schema(fields, metadata), makeData({ type: new Struct(fields), length, children }));
  return tableToIPC(new Table(batch), "stream");
}

export function projectionBytes(rows = 3): Uint8Array {
  const column = (first: number) => Float32Array.from({ length: rows }, (_, row) => first + row);
  const columns = { pc1: column(0), pc2: column(10), pc3: column(20) };
  columns.pc2[0] = Number.NaN;
  const explained_variance_ratio = [0.5, 0.25, 0.125];
  const projection = { components: 3, explained_variance_ratio, rows, finite_rows: rows - 1, space: "as stored" };
  return arrowBytes(columns, { projection });
}

export function neighborBytes(): Uint8Array {
  const columns = { row: Int32Array.of(4, 2), distance: Float32Array.of(0.25, 0.5) };
  return arrowBytes(columns, { neighbors: { row: 7, metric: "cosine", space: "as stored", k: 2, exact: true } });
}
