/** How many points lie in the fullest places of the window: what a density's last color stands for. */

import type { Projector } from "./projector";

/** Enough for a scale that is logarithmic. */
const SAMPLED = 40_000;
const CELL_PX = 6;
/** Of the cells that hold something: a few that hold far more are all of one color. */
const FULL = 0.999;

/** `sizePx`: across a point's soft disc, (1 - r²)², of height 1. */
export function computeDensityPeak(projector: Projector, count: number, sizePx: number): number {
  const columns = Math.ceil(projector.width / CELL_PX) + 1;
  const cells = new Uint32Array(columns * (Math.ceil(projector.height / CELL_PX) + 1));
  const stride = Math.max(1, Math.floor(count / SAMPLED));
  for (let row = 0; row < count; row += stride) {
    const { x, y, seen } = projector.project(row);
    if (seen) cells[Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX)]!++;
  }
  const filled = cells.filter((held) => held > 0).sort();
  const full = (filled[Math.floor(FULL * (filled.length - 1))] ?? 0) * stride;
  // A disc of radius r holds π r² / 3.
  return Math.max(1.5, (full * Math.PI * sizePx ** 2) / 12 / CELL_PX ** 2);
}
