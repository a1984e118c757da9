/** Converts a column for a message to a worker, and back. */
import { type CodedTexts, type Column, codedTexts } from "../data/column";
import { readSpelling, writeSpelling } from "../data/number_spelling";
import { TextDictionary } from "../data/text_dictionary";
import type { PlainColumn, PlainTexts } from "./query_messages";

/** Copies: a view would be cloned with its whole buffer, which is the server's entire response. */
export function toPlain(column: Column): PlainColumn {
  const { name, rows } = column;
  if (column.kind === "text") return { kind: "text", name, rows, ...plainTexts(column) };
  const own = codedTexts(column);
  const texts = own === null ? null : plainTexts(own);
  const { kind, values, spelling } = column;
  return { kind, name, rows, values: values.slice(), spelling: writeSpelling(spelling), texts };
}

function plainTexts({ codes, dictionary }: CodedTexts): PlainTexts {
  return { codes: codes.slice(), bytes: dictionary.bytes.slice(), offsets: dictionary.offsets.slice() };
}

/** Buffers of a copy, to be transferred instead of copied again. */
export function buffersOf(column: PlainColumn): ArrayBufferLike[] {
  const texts = column.kind === "text" ? column : column.texts;
  const arrays = [
    ...(column.kind === "text" ? [] : [column.values]),
    ...(texts === null ? [] : [texts.codes, texts.bytes, texts.offsets]),
  ];
  return arrays.map((array) => array.buffer);
}

export function fromPlain(column: PlainColumn): Column {
  const { name, rows } = column;
  if (column.kind === "text") return { kind: "text", name, rows, ...fromPlainTexts(column) };
  const { kind, values, spelling, texts } = column;
  const own = texts === null ? null : fromPlainTexts(texts);
  return { kind, name, rows, values, spelling: readSpelling(spelling, own) };
}

function fromPlainTexts({ codes, bytes, offsets }: PlainTexts): CodedTexts {
  return { codes, dictionary: new TextDictionary(bytes, offsets) };
}
