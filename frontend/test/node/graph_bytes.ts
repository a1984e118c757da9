/** A neighbor graph as the server sends it, written with the reference writer. */
import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from "apache-arrow";

export function graphBytes(
  k: number,
  neighbors: Int32Array,
  distances: Float32Array,
  equalGroups: readonly (readonly [size: number, groups: number])[] = [],
  /** The first lists, of one neighbor each. */
  first: { neighbors: Int32Array; distances: Float32Array } | null = null,
): Uint8Array<ArrayBuffer> {
  const rows = k === 0 ? 0 : neighbors.length / k;
  const lists = [
    ...listsOf("", k, neighbors, distances),
    ...(first === null ? [] : listsOf("first_", 1, first.neighbors, first.distances)),
  ];
  const fields = lists.map(
    ([name, size, { type }]) => new Field(name, new FixedSizeList(size, new Field("item", type, false)), false),
  );
  const children = lists.map(([, , child], index) =>
    makeData({ type: fields[index]!.type as FixedSizeList, length: rows, child: child as never }),
  );
  const graph = { k, metric: "cosine", space: "as stored", rows, linked_rows: rows, method: "hnsw" };
  const metadata = JSON.stringify({
    ...graph,
    recall: 0.995,
    recall_rows: 1000,
    tried: [{ method: "exact", recall: 1, seconds: 60 }],
    equal_groups: equalGroups,
    first: first === null ? null : { k: 1, method: "ivf", recall: 0.9 },
    version: "v",
  });
  const schema = new Schema(fields, new Map([["graph", metadata]]));
  const struct = makeData({ type: new Struct(fields), length: rows, children });
  return tableToIPC(new Table(new RecordBatch(schema, struct)), "stream") as Uint8Array<ArrayBuffer>;
}

function listsOf(prefix: string, k: number, neighbors: Int32Array, distances: Float32Array) {
  return [
    [`${prefix}neighbor`, k, makeData({ type: new Int32(), length: neighbors.length, data: neighbors })],
    [`${prefix}distance`, k, makeData({ type: new Float32(), length: distances.length, data: distances })],
  ] as const;
}
