/** A column on its way into a worker and out of the message again. */
import type { Column } from "../data/column";
import { TextDictionary } from "../data/text_dictionary";
import type { PlainColumn } from "./query_messages";

/** Copies: a view is cloned with all of the buffer it lies in, which is the whole answer of the server. */
export function toPlain(column: Column): PlainColumn {
  const { name, rows } = column;
  if (column.kind !== "text") return { kind: column.kind, name, rows, values: column.values.slice() };
  const { bytes, offsets } = column.dictionary;
  return { kind: "text", name, rows, codes: column.codes.slice(), bytes: bytes.slice(), offsets: offsets.slice() };
}

/** Of a copy, what can be handed over instead of being copied once more. */
export function buffersOf(column: PlainColumn): ArrayBufferLike[] {
  const arrays = column.kind === "text" ? [column.codes, column.bytes, column.offsets] : [column.values];
  return arrays.map((array) => array.buffer);
}

export function fromPlain(column: PlainColumn): Column {
  if (column.kind !== "text") return column;
  const { kind, name, rows, codes, bytes, offsets } = column;
  return { kind, name, rows, codes, dictionary: new TextDictionary(bytes, offsets) };
}
