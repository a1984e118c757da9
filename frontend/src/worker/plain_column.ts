/** Converts a column for a message to a worker, and back. */
import type { Column } from "../data/column";
import { TextDictionary } from "../data/text_dictionary";
import type { PlainColumn } from "./query_messages";

/** Copies: a view would be cloned with its whole buffer, which is the server's entire response. */
export function toPlain(column: Column): PlainColumn {
  const { name, rows } = column;
  if (column.kind !== "text") return { kind: column.kind, name, rows, values: column.values.slice() };
  const { bytes, offsets } = column.dictionary;
  return { kind: "text", name, rows, codes: column.codes.slice(), bytes: bytes.slice(), offsets: offsets.slice() };
}

/** Buffers of a copy, to be transferred instead of copied again. */
export function buffersOf(column: PlainColumn): ArrayBufferLike[] {
  const arrays = column.kind === "text" ? [column.codes, column.bytes, column.offsets] : [column.values];
  return arrays.map((array) => array.buffer);
}

export function fromPlain(column: PlainColumn): Column {
  if (column.kind !== "text") return column;
  const { kind, name, rows, codes, bytes, offsets } = column;
  return { kind, name, rows, codes, dictionary: new TextDictionary(bytes, offsets) };
}
