/** A column as numbers, whatever it holds: for a scale of colors or sizes. */
import type { Column } from "./column";
import type { TextDictionary } from "./text_dictionary";

/** Of each row; NaN where there is none. Texts count as the numbers that they write. */
export function numberValues(column: Column): Float64Array {
  if (column.kind !== "text") return column.values;
  const numbers = Float64Array.from(column.dictionary.all(), (text) =>
    text.trim() === "" ? Number.NaN : Number(text),
  );
  return Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN);
}

/** Whether any of its values is a number; a column of texts alone has no place on a scale. */
export function hasNumbers(column: Column): boolean {
  if (column.kind !== "text") return true;
  const known = WITH_NUMBERS.get(column);
  if (known !== undefined) return known;
  const isFound = findNumber(column.dictionary);
  WITH_NUMBERS.set(column, isFound);
  return isFound;
}

/** Asked at every draw, of every column. */
const WITH_NUMBERS = new WeakMap<Column, boolean>();

/** Most texts show by their first byte that they are none, so that a thousand columns need no decoding. */
function findNumber(dictionary: TextDictionary): boolean {
  const { bytes, offsets, size } = dictionary;
  for (let code = 0; code < size; code++) {
    const first = bytes[offsets[code]!]!;
    if (offsets[code] === offsets[code + 1] || first > NINE) continue;
    const text = dictionary.at(code);
    if (text.trim() !== "" && Number.isFinite(Number(text))) return true;
  }
  return false;
}

/** Of ASCII: digits, signs, points and spaces come before it. */
const NINE = 0x39;

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly missing: number;
}

/** Of the finite values; 0 and 0 where there is none. Infinity counts as missing: it has no place on a scale. */
export function rangeOf(values: Float64Array): NumberRange {
  let [min, max, missing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) missing++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return missing === values.length ? { min: 0, max: 0, missing } : { min, max, missing };
}

/** How many of the finite values fall into each of `bins` equal parts of `min` to `max`. */
export function countBins(values: Float64Array, { min, max }: NumberRange, bins: number): Int32Array {
  const counts = new Int32Array(bins);
  const scale = bins / (max - min || 1);
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor((value - min) * scale))]!++;
  }
  return counts;
}
