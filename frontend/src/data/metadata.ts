/** The metadata of an embedding: typed columns, one record per point. */
import { ArrowAnswer } from "./arrow_answer";
import type { Chunk } from "./arrow_stream";
import type { Column, NumberColumn, TextColumn } from "./column";
import type { Problem } from "./runs";
import { TextDictionary } from "./text_dictionary";

export interface Metadata {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Number of data lines in the file, normally equal to the number of rows. */
  readonly lines: number;
  /** Problems found while reading the file. */
  readonly problems: readonly Problem[];
}

/** Parses the response of `/metadata`. */
export function parseMetadata(bytes: Uint8Array): Metadata {
  const answer = new ArrowAnswer(bytes);
  const fields = answer.document<{ rows: number; lines: number }>("metadata");
  const columns = answer.fields.map((field) => {
    const kind = field.metadata.get("kind") ?? "text";
    return parseColumn(field.name, kind, answer.chunk(field.name), answer.rows);
  });
  return { columns, rows: fields.rows, lines: fields.lines, problems: answer.problems };
}

function parseColumn(name: string, kind: string, chunk: Chunk | null, rows: number): Column {
  return kind === "text" ? parseText(name, chunk, rows) : parseNumbers(name, kind, chunk, rows);
}

function parseText(name: string, chunk: Chunk | null, rows: number): TextColumn {
  const texts = chunk?.texts;
  const dictionary = new TextDictionary(texts?.bytes ?? new Uint8Array(0), texts?.offsets ?? new Int32Array(1));
  let codes = chunk === null ? new Int32Array(0) : (chunk.values as Int32Array);
  if (chunk !== null && chunk.nullCount > 0) {
    codes = codes.slice(); // The codes are a view of the response's bytes, which must not be modified.
    forEachNull(chunk, rows, (row) => {
      codes[row] = -1;
    });
  }
  return { kind: "text", name, rows, codes, dictionary };
}

function parseNumbers(name: string, kind: string, chunk: Chunk | null, rows: number): NumberColumn {
  const values = new Float64Array(rows);
  if (chunk !== null) {
    values.set(chunk.values as Float64Array);
    forEachNull(chunk, rows, (row) => {
      values[row] = Number.NaN;
    });
  }
  return { kind: kind === "integer" ? "integer" : "number", name, rows, values };
}

function forEachNull(chunk: Chunk, rows: number, visit: (row: number) => void): void {
  if (chunk.nullCount === 0) return;
  for (let row = 0; row < rows; row++) {
    if ((chunk.validity[row >> 3]! & (1 << (row & 7))) === 0) visit(row);
  }
}
