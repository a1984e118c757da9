/**
 * Computes which rows of a very long table are visible. Browsers lay out nothing taller than about 33.5 million px: a
 * longer table scrolls proportionally, so that both ends can still be reached.
 */
export const TALLEST_PX = 16_000_000;

export interface RowWindow {
  /** Height of the scrolled content. */
  readonly contentPx: number;
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Top of the first visible row, from the content's top. */
  readonly firstTop: number;
}

export function windowOf(count: number, rowPx: number, viewPx: number, scrollTop: number): RowWindow {
  const fullPx = count * rowPx;
  const contentPx = Math.min(fullPx, TALLEST_PX);
  const top = toFull(scrollTop, fullPx, contentPx, viewPx);
  const first = Math.min(Math.max(0, Math.floor(top / rowPx)), Math.max(0, count - 1));
  const end = Math.min(count, Math.ceil((top + viewPx) / rowPx) + 1);
  return { contentPx, first, end, firstTop: scrollTop - (top - first * rowPx) };
}

/** Minimal scrolling that makes a row fully visible. */
export function scrollTo(row: number, count: number, rowPx: number, viewPx: number, scrollTop: number): number {
  const fullPx = count * rowPx;
  const contentPx = Math.min(fullPx, TALLEST_PX);
  const top = toFull(scrollTop, fullPx, contentPx, viewPx);
  const wanted = Math.min(row * rowPx, Math.max(top, (row + 1) * rowPx - viewPx));
  return wanted === top ? scrollTop : fromFull(wanted, fullPx, contentPx, viewPx);
}

function toFull(scrollTop: number, fullPx: number, contentPx: number, viewPx: number): number {
  if (fullPx === contentPx) return scrollTop;
  return (scrollTop / Math.max(1, contentPx - viewPx)) * (fullPx - viewPx);
}

function fromFull(top: number, fullPx: number, contentPx: number, viewPx: number): number {
  if (fullPx === contentPx) return top;
  return (top / (fullPx - viewPx)) * Math.max(1, contentPx - viewPx);
}
