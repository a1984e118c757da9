/** A set of rows as text: «1-5,9». A set that is too long for a URL is written as its size alone: «~48213». */

/** Maximum number of characters per set: no URL holds more, whatever else is in it. */
export const MAX_CHARS = 2000;
const TOO_MANY = "~";
const PART = /^(\d{1,10})(?:-(\d{1,10}))?$/;
/** Maximum number of rows that a text may name, so that no URL can exhaust the memory. */
export const MAX_ROWS = 2 ** 24;

export function writeRows(rows: Int32Array): string {
  let chars = -1;
  const parts: string[] = [];
  for (const part of rangesOf(rows)) {
    parts.push(part);
    chars += part.length + 1;
    if (chars > MAX_CHARS) return tooMany(rows.length);
  }
  return parts.join(",");
}

/** The text of all rows, however long. */
export function writeAllRows(rows: Int32Array): string {
  return [...rangesOf(rows)].join(",");
}

function* rangesOf(rows: Int32Array): Generator<string> {
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (end + 1 < rows.length && rows[end + 1] === rows[end]! + 1) end++;
    yield end === at ? `${rows[at]}` : `${rows[at]}-${rows[end]}`;
    at = end + 1;
  }
}

/** `undefined` for text that is not a set of rows, or that only gives its size. */
export function readRows(text: string): Int32Array | undefined {
  const ranges = readRanges(text);
  if (ranges === null) return undefined;
  const rows = new Int32Array(sizeOf(ranges));
  let next = 0;
  for (const [from, to] of ranges) for (let row = from; row <= to; row++) rows[next++] = row;
  return rows;
}

type Range = readonly [from: number, to: number];

/** Ascending ranges; null for anything else. */
function readRanges(text: string): readonly Range[] | null {
  const ranges: Range[] = [];
  let [last, count] = [-1, 0];
  for (const part of text.split(",")) {
    const [, first, end] = PART.exec(part) ?? [];
    if (first === undefined) return null;
    const [from, to] = [Number(first), Number(end ?? first)];
    if (from <= last || to < from || to >= 2 ** 31) return null;
    count += to - from + 1;
    if (count > MAX_ROWS) return null;
    ranges.push([from, to]);
    last = to;
  }
  return ranges;
}

function sizeOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** Number of rows that the text names, or gives the number of; 0 if it is neither. */
export function countRows(text: string): number {
  return countLeftOut(text) ?? sizeOf(readRanges(text) ?? []);
}

/** Written instead of the rows where they have no room. */
export function tooMany(count: number): string {
  return `${TOO_MANY}${count}`;
}

/** Number of rows if the text gives only that; null if it gives the rows themselves. */
export function countLeftOut(text: string): number | null {
  return /^~\d{1,10}$/.test(text) ? Number(text.slice(TOO_MANY.length)) : null;
}
