/**
 * Which rows of a very long table are in sight. Browsers lay out nothing taller than about 33.5 million px: a longer table
 * scrolls proportionally, so that its ends stay its ends.
 */
export const TALLEST_PX = 16_000_000;

export interface RowWindow {
  /** How tall the scrolled content is. */
  readonly contentPx: number;
  readonly first: number;
  /** The first row beyond. */
  readonly end: number;
  /** Where the first of them is drawn, from the content's top. */
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

/** How far to scroll so that a row is whole in sight; the least there is to do. */
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
