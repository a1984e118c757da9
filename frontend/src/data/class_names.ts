/** The classes whose names stand in the picture: those with a color of their own, and some rows of each. */
import type { Classes } from "./classes";
import { isMissingText } from "./missing_text";
import { everyRow, intersectRows } from "./row_sets";

/** The largest class first. */
export interface ClassNames {
  readonly names: readonly string[];
  /** The rows of each class, or a sample spread over them. */
  readonly rows: readonly Int32Array[];
}

/** A value of the legend. */
interface Valued {
  readonly text: string;
  /** As it is shown, unless that is the same. */
  readonly name?: string;
}

/** Maximum number of names: more would hide what they name. */
const MAX_NAMES = 30;
/** Maximum number of rows from which the middle of a class is estimated: all classes together take a few milliseconds. */
const SAMPLED_ROWS = 1_000;

/**
 * The `categories` have a color each. Only rows `among` these (or the first of that number) count, and of these the
 * `filtered` ones (null: all): a class without any has no name. Both are ascending.
 */
export function nameClasses(
  { codes, texts }: Classes,
  categories: readonly Valued[],
  among: number | Int32Array,
  filtered: Int32Array | null,
): ClassNames {
  const nameOf = new Map(categories.filter(isNamed).map(({ text, name = text }) => [text, name]));
  const rows = intersect(among, filtered);
  const counts = new Int32Array(texts.length);
  for (const row of rows) if (codes[row]! >= 0) counts[codes[row]!]!++;
  const largest = Array.from(texts.keys())
    .filter((code) => counts[code]! > 0 && nameOf.has(texts[code]!))
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MAX_NAMES);
  const samples = new Map(largest.map((code) => [code, new Sample(counts[code]!)]));
  for (const row of rows) samples.get(codes[row]!)?.add(row);
  return {
    names: largest.map((code) => nameOf.get(texts[code]!)!),
    rows: largest.map((code) => samples.get(code)!.rows),
  };
}

/** No value at all, however it is written, is no class. */
function isNamed({ text, name = text }: Valued): boolean {
  return !isMissingText(text) && name.trim() !== "";
}

function intersect(among: number | Int32Array, filtered: Int32Array | null): Int32Array {
  if (typeof among === "number") return filtered ?? everyRow(among);
  return filtered === null ? among : intersectRows(among, filtered);
}

/** Takes every so many of the rows added. */
class Sample {
  readonly rows: Int32Array;
  readonly #stride: number;
  #added = 0;

  /** `count`: number of rows that will be added. */
  constructor(count: number) {
    this.#stride = Math.ceil(count / SAMPLED_ROWS);
    this.rows = new Int32Array(Math.ceil(count / this.#stride));
  }

  add(row: number): void {
    if (this.#added % this.#stride === 0) this.rows[this.#added / this.#stride] = row;
    this.#added++;
  }
}
