/** Columns for tests, from plain lists. */
import type { NumberColumn, TextColumn } from "../../../src/data/column";
import { type NumberSpelling, SHORTEST } from "../../../src/data/number_spelling";
import { TextDictionary } from "../../../src/data/text_dictionary";

export function dictionaryOf(texts: readonly string[]): TextDictionary {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const offsets = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, at) => {
    offsets[at + 1] = offsets[at]! + bytes.length;
  });
  const bytes = new Uint8Array(offsets.at(-1)!);
  for (const [at, one] of encoded.entries()) bytes.set(one, offsets[at]);
  return new TextDictionary(bytes, offsets);
}

export function textColumn(name: string, cells: readonly (string | null)[]): TextColumn {
  const texts = [...new Set(cells.filter((cell) => cell !== null))];
  const codeOf = new Map(texts.map((text, code) => [text, code]));
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : codeOf.get(cell)!));
  return { kind: "text", name, rows: cells.length, codes, dictionary: dictionaryOf(texts) };
}

export function numberColumn(
  name: string,
  cells: readonly (number | null)[],
  spelling: NumberSpelling = SHORTEST,
): NumberColumn {
  const values = Float64Array.from(cells, (cell) => cell ?? Number.NaN);
  return { kind: "number", name, rows: cells.length, values, spelling };
}
