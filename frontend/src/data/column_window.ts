/** Which columns of a wide table are in sight. */

export interface ColumnWindow {
  readonly first: number;
  /** The first column beyond. */
  readonly end: number;
}

/** Where each column begins, and at last where all of them end; px. */
export function offsetsOf(widths: readonly number[]): Float64Array {
  const offsets = new Float64Array(widths.length + 1);
  for (let at = 0; at < widths.length; at++) offsets[at + 1] = offsets[at]! + widths[at]!;
  return offsets;
}

/** Those of which a part lies between `left` and `left + viewPx`. */
export function columnsInSight(offsets: Float64Array, left: number, viewPx: number): ColumnWindow {
  const count = offsets.length - 1;
  const first = Math.max(0, firstBeyond(offsets, left) - 1);
  const end = Math.min(count, firstNotBefore(offsets, left + viewPx));
  return { first: Math.min(first, count), end: Math.max(end, Math.min(first, count)) };
}

/** How far to scroll so that a column is whole in sight; the least there is to do. */
export function scrollToColumn(offsets: Float64Array, column: number, left: number, viewPx: number): number {
  return Math.min(offsets[column]!, Math.max(left, offsets[column + 1]! - viewPx));
}

/** The first place whose offset is greater than `px`. */
function firstBeyond(offsets: Float64Array, px: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! <= px) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place whose offset is not smaller than `px`. */
function firstNotBefore(offsets: Float64Array, px: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! < px) low = middle + 1;
    else high = middle;
  }
  return low;
}
