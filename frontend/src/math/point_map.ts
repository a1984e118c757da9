/** A small map of all points: the number in each cell, and their average color. */

import type { Columns } from "./bounds";

/** In the units of the data, y up. */
export interface MapFrame {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** Maximum number of points drawn: more look the same in a picture that small. */
const MAX_POINTS = 200_000;
const MIN_ALPHA = 70;

/** RGBA of the cells from the top left; `plain` is the color of points that have none of their own. */
export function drawPointMap(
  { x, y }: Columns,
  count: number,
  colors: Uint8Array | null,
  plain: readonly number[],
  frame: MapFrame,
  columns: number,
  lines: number,
): Uint8ClampedArray<ArrayBuffer> {
  const sums = new Float32Array(4 * columns * lines);
  const stride = Math.max(1, Math.ceil(count / MAX_POINTS));
  const [perX, perY] = [columns / frame.width, lines / frame.height];
  for (let row = 0; row < count; row += stride) {
    const column = Math.floor((x[row]! - frame.left) * perX);
    const line = lines - 1 - Math.floor((y[row]! - frame.bottom) * perY);
    if (!(column >= 0 && column < columns && line >= 0 && line < lines)) continue;
    const cell = 4 * (line * columns + column);
    for (let part = 0; part < 3; part++) sums[cell + part]! += colors === null ? plain[part]! : colors[4 * row + part]!;
    sums[cell + 3]! += 1;
  }
  return toPixels(sums);
}

/** Opacity grows with the logarithm of the count, so that a lone point stays visible beside a crowd. */
function toPixels(sums: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  let max = 1;
  for (let cell = 3; cell < sums.length; cell += 4) max = Math.max(max, sums[cell]!);
  const pixels = new Uint8ClampedArray(sums.length);
  for (let cell = 0; cell < sums.length; cell += 4) {
    const points = sums[cell + 3]!;
    if (points === 0) continue;
    for (let part = 0; part < 3; part++) pixels[cell + part] = sums[cell + part]! / points;
    pixels[cell + 3] = MIN_ALPHA + (255 - MIN_ALPHA) * (Math.log1p(points) / Math.log1p(max));
  }
  return pixels;
}
