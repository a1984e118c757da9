/**
 * Lines between points, from the metadata columns `__next__` and `__seq_next__`: each cell holds the row of the next
 * point, or several, or nothing. As in TensorBoard's projector, a row's `__next__` takes precedence over its
 * `__seq_next__`. A million lines are one array: no object per point.
 */
import { type Column, cellText, type TextColumn } from "./column";
import type { Problem } from "./runs";
import { SEQUENCE_COLUMNS } from "./sequence_columns";

export interface Sequences {
  /** One pair of rows (from, to) per line. */
  readonly pairs: Uint32Array;
  /** Number of entries that are not rows of the data; no line is drawn for them. */
  readonly bad: number;
  /** The first invalid entry, and its row. */
  readonly firstBad: { readonly row: number; readonly text: string } | null;
  /** The columns used. */
  readonly columns: readonly string[];
}

/** Null if no column names next points. `rows`: rows of the embedding; the metadata may have more or fewer. */
export function computeSequences(columns: readonly Column[], rows: number): Sequences | null {
  const named = SEQUENCE_COLUMNS.map((name) => columns.find((column) => column.name.trim() === name));
  const existing = named.filter((column) => column !== undefined);
  if (existing.length === 0) return null;
  const collector = new PairCollector(rows);
  for (let row = 0; row < Math.min(rows, existing[0]!.rows); row++) {
    existing.some((column) => readCell(column, row, collector));
  }
  const { pairs, bad, firstBad } = collector;
  return { pairs, bad, firstBad, columns: existing.map(({ name }) => name) };
}

class PairCollector {
  bad = 0;
  firstBad: Sequences["firstBad"] = null;
  #pairs: Uint32Array;
  #length = 0;

  constructor(private readonly rows: number) {
    this.#pairs = new Uint32Array(2 * Math.min(rows, 1 << 16));
  }

  get pairs(): Uint32Array {
    return this.#pairs.slice(0, this.#length);
  }

  /** A point that names itself ends its sequence. */
  add(row: number, next: number, text: () => string): void {
    if (!(Number.isInteger(next) && next >= 0 && next < this.rows)) this.refuse(row, text());
    else if (next !== row) this.#push(row, next);
  }

  refuse(row: number, text: string): void {
    this.bad++;
    this.firstBad ??= { row, text };
  }

  #push(from: number, to: number): void {
    if (this.#length === this.#pairs.length) {
      const wider = new Uint32Array(Math.max(16, 2 * this.#length));
      wider.set(this.#pairs);
      this.#pairs = wider;
    }
    this.#pairs[this.#length] = from;
    this.#pairs[this.#length + 1] = to;
    this.#length += 2;
  }
}

/** False if the cell is empty. */
function readCell(column: Column, row: number, into: PairCollector): boolean {
  if (column.kind === "text") return readText(column, row, into);
  const value = column.values[row] ?? Number.NaN;
  if (Number.isNaN(value)) return false;
  into.add(row, value, () => cellText(column, row) ?? "");
  return true;
}

const [ZERO, NINE] = [0x30, 0x39];
/** Separators of numbers: space, comma, semicolon, bar, brackets, tab. */
const BETWEEN: ReadonlySet<number> = new Set([..." ,;|[]()\t"].map((letter) => letter.charCodeAt(0)));

/** Parses the numbers directly from the text's bytes, without creating a million strings. */
function readText({ codes, dictionary }: TextColumn, row: number, into: PairCollector): boolean {
  const code = codes[row] ?? -1;
  if (code < 0) return false;
  const { bytes, offsets } = dictionary;
  const end = offsets[code + 1]!;
  let at = offsets[code]!;
  let hasNumber = false;
  while (at < end) {
    while (at < end && BETWEEN.has(bytes[at]!)) at++;
    const start = at;
    let number = 0;
    while (at < end && !BETWEEN.has(bytes[at]!)) {
      const byte = bytes[at++]!;
      number = byte >= ZERO && byte <= NINE ? number * 10 + byte - ZERO : Number.NaN;
    }
    if (at === start) break;
    hasNumber = true;
    into.add(row, number, () => dictionary.at(code));
  }
  return hasNumber;
}

/** Reports invalid entries, for the list of problems. */
export function sequenceProblem(sequences: Sequences | null): Problem | null {
  if (sequences?.firstBad == null) return null;
  const { bad, firstBad, columns } = sequences;
  const many = bad === 1 ? "1 entry names" : `${bad.toLocaleString("en-US")} entries name`;
  return {
    ...{ level: "warning", kind: "sequence" },
    message: `${many} no row of the data in ${columns.join(" and ")}, so no line is drawn for ${bad === 1 ? "it" : "them"}. The first is «${firstBad.text}» at row ${firstBad.row}.`,
    fix: "Write the row number of the next point, counted from 0; several with commas between; nothing at the end of a sequence.",
    ...{ run: null, embedding: null, file: null, line: null },
  };
}
