/** A set of rows as text: «1-5,9». A set that is too long for a URL is written as its size alone: «~48213». */

/** Maximum number of characters per set in a URL. */
export const MAX_CHARS = 300;
const TOO_MANY = "~";
const PART = /^(\d{1,10})(?:-(\d{1,10}))?$/;
/** Maximum size of one range, so that no URL can exhaust the memory. */
const MAX_ROWS = 2 ** 24;

export function writeRows(rows: Int32Array): string {
  const parts: string[] = [];
  let chars = -1;
  for (let at = 0; at < rows.length; ) {
    const end = endOfRun(rows, at);
    const part = end === at ? `${rows[at]}` : `${rows[at]}-${rows[end]}`;
    parts.push(part);
    chars += part.length + 1;
    if (chars > MAX_CHARS) return `${TOO_MANY}${rows.length}`;
    at = end + 1;
  }
  return parts.join(",");
}

/** Index of the last row of a consecutive run. */
function endOfRun(rows: Int32Array, at: number): number {
  let end = at;
  while (end + 1 < rows.length && rows[end + 1] === rows[end]! + 1) end++;
  return end;
}

/** `undefined` for text that is not a set of rows, or that only gives its size. */
export function readRows(text: string): Int32Array | undefined {
  const ranges: (readonly [from: number, to: number])[] = [];
  let [last, count] = [-1, 0];
  for (const part of text.split(",")) {
    const [, first, end] = PART.exec(part) ?? [];
    if (first === undefined) return undefined;
    const [from, to] = [Number(first), Number(end ?? first)];
    if (from <= last || to < from || to >= 2 ** 31) return undefined;
    count += to - from + 1;
    if (count > MAX_ROWS) return undefined;
    ranges.push([from, to]);
    last = to;
  }
  const rows = new Int32Array(count);
  let next = 0;
  for (const [from, to] of ranges) for (let row = from; row <= to; row++) rows[next++] = row;
  return rows;
}

/** Number of rows if the text gives only that; null if it gives the rows themselves. */
export function countLeftOut(text: string): number | null {
  return /^~\d{1,10}$/.test(text) ? Number(text.slice(TOO_MANY.length)) : null;
}
