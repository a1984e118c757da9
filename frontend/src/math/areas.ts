/**
 * Finds the rows inside an area: exactly, in one pass over the columns, a block at a time. Boxes and lassos exclude rows
 * outside the window or without coordinates.
 */

import type { Lasso } from "./lasso";
import { BLOCK_ROWS, type ScreenProjection } from "./screen_projection";

const XS = new Float32Array(BLOCK_ROWS);
const YS = new Float32Array(BLOCK_ROWS);
/** Reused between frames of a drawing: allocating megabytes sixty times a second would dominate the cost. */
let buffer = new Int32Array(0);

function scratch(count: number): Int32Array {
  if (buffer.length < count) buffer = new Int32Array(count);
  return buffer;
}

/** CSS px from the left and the top of the window. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boxBetween(x0: number, y0: number, x1: number, y1: number): Box {
  return { left: Math.min(x0, x1), top: Math.min(y0, y1), right: Math.max(x0, x1), bottom: Math.max(y0, y1) };
}

/** A search that can be suspended: it yields now and then, and returns the rows in ascending order. */
export type Search = Generator<void, Int32Array>;

/** Writes the rows inside, of those from `first` to before `end`, into `found` from `next` on; returns what follows. */
type BlockSearch = (first: number, end: number, found: Int32Array, next: number) => number;

export function* searchInBlocks(count: number, searchBlock: BlockSearch): Search {
  const found = scratch(count);
  let next = 0;
  for (let first = 0; first < count; first += BLOCK_ROWS) {
    next = searchBlock(first, Math.min(count, first + BLOCK_ROWS), found, next);
    yield;
  }
  return found.slice(0, next);
}

/** A box that begins at a point holds it: its edges are rounded as the points' positions are. */
export function searchBox(projector: ScreenProjection, count: number, box: Box): Search {
  const [left, top] = [Math.fround(box.left), Math.fround(box.top)];
  const [right, bottom] = [Math.fround(box.right), Math.fround(box.bottom)];
  return searchInBlocks(count, (first, end, found, next) => {
    projector.projectBlock(first, end, XS, YS);
    let free = next;
    for (let row = first; row < end; row++) {
      const x = XS[row - first]!;
      const y = YS[row - first]!;
      if (x >= left && x <= right && y >= top && y <= bottom) found[free++] = row;
    }
    return free;
  });
}

export function searchLasso(projector: ScreenProjection, count: number, lasso: Lasso): Search {
  return searchInBlocks(count, (first, end, found, next) => {
    projector.projectBlock(first, end, XS, YS);
    let free = next;
    for (let row = first; row < end; row++) if (lasso.holds(XS[row - first]!, YS[row - first]!)) found[free++] = row;
    return free;
  });
}
