/** Computes which columns of a wide table are visible. */

interface ColumnWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Left edge of each column, then the right edge of the last; px. */
export function offsetsOf(widths: readonly number[]): Float64Array {
  const offsets = new Float64Array(widths.length + 1);
  for (let at = 0; at < widths.length; at++) offsets[at + 1] = offsets[at]! + widths[at]!;
  return offsets;
}

/** Columns that intersect the range from `left` to `left + viewPx`. */
export function columnsInSight(offsets: Float64Array, left: number, viewPx: number): ColumnWindow {
  const count = offsets.length - 1;
  const first = Math.max(0, firstBeyond(offsets, left) - 1);
  const end = Math.min(count, firstNotBefore(offsets, left + viewPx));
  return { first: Math.min(first, count), end: Math.max(end, Math.min(first, count)) };
}

/** Minimal scrolling that makes a column fully visible. */
export function scrollToColumn(offsets: Float64Array, column: number, left: number, viewPx: number): number {
  return Math.min(offsets[column]!, Math.max(left, offsets[column + 1]! - viewPx));
}

/** The first index whose offset is greater than `px`. */
function firstBeyond(offsets: Float64Array, px: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! <= px) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose offset is at least `px`. */
function firstNotBefore(offsets: Float64Array, px: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! < px) low = middle + 1;
    else high = middle;
  }
  return low;
}
