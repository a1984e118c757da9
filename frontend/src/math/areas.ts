/**
 * Finds the rows inside a box, a lasso or a sphere: exactly, in one pass over the columns, a slice at a time. Boxes and
 * lassos exclude rows outside the window or without coordinates; a sphere is in data space and extends beyond the
 * window.
 */

import type { Columns } from "./bounds";
import type { Lasso } from "./lasso";
import { BLOCK_ROWS, type Projector } from "./projector";

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

export function* searchBox(projector: Projector, count: number, { left, top, right, bottom }: Box): Search {
  const found = scratch(count);
  let next = 0;
  for (let first = 0; first < count; first += BLOCK_ROWS) {
    const end = Math.min(count, first + BLOCK_ROWS);
    projector.projectBlock(first, end, XS, YS);
    for (let row = first; row < end; row++) {
      const x = XS[row - first]!;
      const y = YS[row - first]!;
      if (x >= left && x <= right && y >= top && y <= bottom) found[next++] = row;
    }
    yield;
  }
  return found.slice(0, next);
}

export function* searchLasso(projector: Projector, count: number, lasso: Lasso): Search {
  const found = scratch(count);
  let next = 0;
  for (let first = 0; first < count; first += BLOCK_ROWS) {
    const end = Math.min(count, first + BLOCK_ROWS);
    projector.projectBlock(first, end, XS, YS);
    for (let row = first; row < end; row++) if (lasso.holds(XS[row - first]!, YS[row - first]!)) found[next++] = row;
    yield;
  }
  return found.slice(0, next);
}

/** The sphere around a row; `radius` in the units of the columns. */
export function* searchSphere({ x, y, z }: Columns, count: number, row: number, radius: number): Search {
  const found = scratch(count);
  const [cx, cy, cz] = [x[row]!, y[row]!, z === null ? 0 : z[row]!];
  const max = radius * radius;
  let next = 0;
  for (let first = 0; first < count; first += BLOCK_ROWS) {
    const end = Math.min(count, first + BLOCK_ROWS);
    for (let at = first; at < end; at++) {
      const a = x[at]! - cx;
      const b = y[at]! - cy;
      const c = z === null ? 0 : z[at]! - cz;
      if (a * a + b * b + c * c <= max) found[next++] = at; // False for NaN.
    }
    yield;
  }
  return found.slice(0, next);
}
