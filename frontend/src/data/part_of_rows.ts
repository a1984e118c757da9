/** Extracts rows of columns into new columns that hold no data of other rows. */
import type { CodedTexts, Column } from "./column";
import type { NumberSpelling } from "./number_spelling";
import { TextDictionary } from "./text_dictionary";

type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

/** `stride` numbers per row. Returns `values` itself if `rows` is null (all rows). */
export function takeRows<T extends Numbers>(values: T, rows: Int32Array | null, stride = 1): T {
  if (rows === null) return values;
  const taken = new (values.constructor as new (length: number) => T)(rows.length * stride);
  for (let at = 0; at < rows.length; at++) {
    for (let part = 0; part < stride; part++) taken[at * stride + part] = values[rows[at]! * stride + part]!;
  }
  return taken;
}

export function takeColumn(column: Column, rows: Int32Array | null): Column {
  const count = rows?.length ?? column.rows;
  if (column.kind === "text") return { ...column, rows: count, ...takeTexts(column, rows) };
  const [values, spelling] = [takeRows(column.values, rows), takeSpelling(column.spelling, rows)];
  return { ...column, rows: count, values, spelling };
}

function takeSpelling(spelling: NumberSpelling, rows: Int32Array | null): NumberSpelling {
  return spelling.kind === "own" ? { kind: "own", ...takeTexts(spelling, rows) } : spelling;
}

/** Keeps only the texts that occur in its rows. */
function takeTexts({ codes, dictionary }: CodedTexts, rows: Int32Array | null): CodedTexts {
  const old = takeRows(codes, rows);
  const { newCodes, kept } = renumber(old, dictionary.size);
  const offsets = new Int32Array(kept.length + 1);
  const source = dictionary.offsets;
  kept.forEach((code, at) => {
    offsets[at + 1] = offsets[at]! + source[code + 1]! - source[code]!;
  });
  const bytes = new Uint8Array(offsets[kept.length]!);
  kept.forEach((code, at) => {
    bytes.set(dictionary.bytes.subarray(source[code]!, source[code + 1]!), offsets[at]!);
  });
  return { codes: newCodes, dictionary: new TextDictionary(bytes, offsets) };
}

function renumber(codes: Int32Array, size: number): { newCodes: Int32Array; kept: Int32Array } {
  const number = new Int32Array(size).fill(-1);
  const [newCodes, kept] = [new Int32Array(codes.length), new Int32Array(Math.min(size, codes.length))];
  let next = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0 && number[code] === -1) {
      number[code] = next;
      kept[next++] = code;
    }
    newCodes[row] = code < 0 ? -1 : number[code]!;
  }
  return { newCodes, kept: kept.subarray(0, next) };
}

/** Pairs with both ends among `rows`, renumbered to indices there. */
export function takePairs(pairs: Uint32Array, rows: Int32Array | null, all: number): Uint32Array {
  if (rows === null) return pairs;
  const newIndex = new Int32Array(all).fill(-1);
  rows.forEach((row, at) => {
    newIndex[row] = at;
  });
  const taken: number[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const [from, to] = [newIndex[pairs[at]!]!, newIndex[pairs[at + 1]!]!];
    if (from >= 0 && to >= 0) taken.push(from, to);
  }
  return Uint32Array.from(taken);
}
