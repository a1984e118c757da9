/** The metadata of an embedding: typed columns, one record per point. */
import type { Field } from "@uwdata/flechette";
import { ArrowAnswer } from "./arrow_answer";
import type { Chunk } from "./arrow_stream";
import type { CodedTexts, Column } from "./column";
import { readSpelling } from "./number_spelling";
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
  const texts = answer.fields.filter((field) => field.metadata.has(SPELLING_OF));
  const textsOf = new Map(texts.map((field) => [field.metadata.get(SPELLING_OF)!, field.name]));
  const columns = answer.fields
    .filter((field) => !field.metadata.has(SPELLING_OF))
    .map((field) => parseColumn(answer, field, textsOf.get(field.name)));
  return { columns, rows: fields.rows, lines: fields.lines, problems: answer.problems };
}

/** Key of the field that marks a column of texts as how the file writes the numbers of the column named. */
const SPELLING_OF = "spelling_of";

/** `texts` names the column with the texts of the field's numbers, if there is one. */
function parseColumn(answer: ArrowAnswer, { name, metadata }: Field, texts: string | undefined): Column {
  const kind = metadata.get("kind") ?? "text";
  const { rows } = answer;
  const chunk = answer.chunk(name);
  if (kind === "text") return { kind, name, rows, ...parseTexts(chunk, rows) };
  const own = texts === undefined ? null : parseTexts(answer.chunk(texts), rows);
  const spelling = readSpelling(metadata.get("spelling"), own);
  const values = parseNumbers(chunk, rows);
  return { kind: kind === "integer" ? "integer" : "number", name, rows, values, spelling };
}

function parseTexts(chunk: Chunk | null, rows: number): CodedTexts {
  const texts = chunk?.texts;
  const dictionary = new TextDictionary(texts?.bytes ?? new Uint8Array(0), texts?.offsets ?? new Int32Array(1));
  let codes = chunk === null ? new Int32Array(0) : (chunk.values as Int32Array);
  if (chunk !== null && chunk.nullCount > 0) {
    codes = codes.slice(); // The codes are a view of the response's bytes, which must not be modified.
    forEachNull(chunk, rows, (row) => {
      codes[row] = -1;
    });
  }
  return { codes, dictionary };
}

function parseNumbers(chunk: Chunk | null, rows: number): Float64Array {
  const values = new Float64Array(rows);
  if (chunk !== null) {
    values.set(chunk.values as Float64Array);
    forEachNull(chunk, rows, (row) => {
      values[row] = Number.NaN;
    });
  }
  return values;
}

function forEachNull(chunk: Chunk, rows: number, visit: (row: number) => void): void {
  if (chunk.nullCount === 0) return;
  for (let row = 0; row < rows; row++) {
    if ((chunk.validity[row >> 3]! & (1 << (row & 7))) === 0) visit(row);
  }
}
