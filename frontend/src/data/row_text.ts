/** A set of rows as text: «1-5,9». A set that makes too long an address is written as its size alone: «~48213». */

/** What an address may spend on one set. */
export const MOST_CHARS = 300;
const TOO_MANY = "~";
const PART = /^(\d{1,10})(?:-(\d{1,10}))?$/;
/** Of one range, so that nobody's address fills the memory. */
const MOST_ROWS = 2 ** 24;

export function writeRows(rows: Int32Array): string {
  const parts: string[] = [];
  let chars = -1;
  for (let at = 0; at < rows.length; ) {
    const end = endOfRun(rows, at);
    const part = end === at ? `${rows[at]}` : `${rows[at]}-${rows[end]}`;
    parts.push(part);
    chars += part.length + 1;
    if (chars > MOST_CHARS) return `${TOO_MANY}${rows.length}`;
    at = end + 1;
  }
  return parts.join(",");
}

/** Of the rows that follow one another without a gap: where the last lies. */
function endOfRun(rows: Int32Array, at: number): number {
  let end = at;
  while (end + 1 < rows.length && rows[end + 1] === rows[end]! + 1) end++;
  return end;
}

/** `undefined` for text that is no set of rows, or one that only tells its size. */
export function readRows(text: string): Int32Array | undefined {
  const ranges: (readonly [from: number, to: number])[] = [];
  let [last, count] = [-1, 0];
  for (const part of text.split(",")) {
    const [, first, end] = PART.exec(part) ?? [];
    if (first === undefined) return undefined;
    const [from, to] = [Number(first), Number(end ?? first)];
    if (from <= last || to < from || to >= 2 ** 31) return undefined;
    count += to - from + 1;
    if (count > MOST_ROWS) return undefined;
    ranges.push([from, to]);
    last = to;
  }
  const rows = new Int32Array(count);
  let next = 0;
  for (const [from, to] of ranges) for (let row = from; row <= to; row++) rows[next++] = row;
  return rows;
}

/** How many rows a text leaves out that only tells their number; null where it tells the rows themselves. */
export function countLeftOut(text: string): number | null {
  return /^~\d{1,10}$/.test(text) ? Number(text.slice(TOO_MANY.length)) : null;
}
