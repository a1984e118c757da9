/** Estimates the peak point density of the window: the value of the density's last color. */

import type { ScreenProjection } from "./screen_projection";

/** Number of points sampled: enough for a logarithmic scale. */
const SAMPLED = 40_000;
const CELL_PX = 6;
/** Quantile over the occupied cells: the few that hold far more all get the last color. */
const PEAK_QUANTILE = 0.999;

/** `sizePx`: diameter of a point's soft disc, (1 - r²)², of height 1. */
export function computeDensityPeak(projector: ScreenProjection, count: number, sizePx: number): number {
  const columns = Math.ceil(projector.width / CELL_PX) + 1;
  const cells = new Uint32Array(columns * (Math.ceil(projector.height / CELL_PX) + 1));
  const stride = Math.max(1, Math.floor(count / SAMPLED));
  for (let row = 0; row < count; row += stride) {
    const { x, y, seen } = projector.project(row);
    if (seen) cells[Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX)]!++;
  }
  const filled = cells.filter((held) => held > 0).sort();
  const peak = (filled[Math.floor(PEAK_QUANTILE * (filled.length - 1))] ?? 0) * stride;
  // The soft disc has volume π r² / 3.
  return Math.max(1.5, (peak * Math.PI * sizePx ** 2) / 12 / CELL_PX ** 2);
}
