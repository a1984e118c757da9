/**
 * Long loops over rows, as calls of a function for some rows at a time. A function that is called often is compiled once
 * and for all; one long loop would run uncompiled for as long as a busy machine takes to compile it, which the first
 * frames of a layout cannot wait for.
 */

const PIECE_ROWS = 4096;

export function inPieces(count: number, work: (start: number, end: number) => void): void {
  for (let start = 0; start < count; start += PIECE_ROWS) work(start, Math.min(count, start + PIECE_ROWS));
}
