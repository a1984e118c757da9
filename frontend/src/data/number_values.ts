/** A column as numbers, regardless of its type: for scales of colors or sizes. */
import type { Column } from "./column";
import type { TextDictionary } from "./text_dictionary";

/** One number per row; NaN if there is none. Texts are parsed as numbers. */
export function numberValues(column: Column): Float64Array {
  if (column.kind !== "text") return column.values;
  const numbers = Float64Array.from(column.dictionary.all(), (text) =>
    text.trim() === "" ? Number.NaN : Number(text),
  );
  return Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN);
}

/** Whether any value is a number; a column without numbers cannot be put on a scale. */
export function hasNumbers(column: Column): boolean {
  if (column.kind !== "text") return true;
  const known = WITH_NUMBERS.get(column);
  if (known !== undefined) return known;
  const isFound = findNumber(column.dictionary);
  WITH_NUMBERS.set(column, isFound);
  return isFound;
}

/** Cache: needed for every column at every draw. */
const WITH_NUMBERS = new WeakMap<Column, boolean>();

/** The first byte shows that most texts are not numbers, so that a thousand columns need no decoding. */
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

/** ASCII code: digits, signs, points and spaces come before it. */
const NINE = 0x39;

interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly missing: number;
}

/** Range of the finite values; 0 and 0 if there are none. Infinity counts as missing: it cannot be put on a scale. */
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

/** Number of finite values in each of `bins` equal parts of `min` to `max`. */
export function countBins(values: Float64Array, { min, max }: NumberRange, bins: number): Int32Array {
  const counts = new Int32Array(bins);
  const by = max - min === Infinity ? 4 : 1; // Numbers far apart have a difference that is none.
  const scale = bins / (max / by - min / by || 1);
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor((value / by - min / by) * scale))]!++;
  }
  return counts;
}
