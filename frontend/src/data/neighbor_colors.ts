/** Colors of neighbors: a sequential scale over their distance, with the nearest the strongest. */
import type { Rgb } from "./categorical_colors";
import { cssColor } from "./css_color";
import type { Neighborhood } from "./neighborhood";
import { CIVIDIS, rampColor } from "./numeric_colors";

/** Positions of the nearest and the farthest on the ramp, such that the nearest stands out most from the background. */
const ENDS = { light: [0, 0.75], dark: [0.95, 0.3] } as const;
type Ground = keyof typeof ENDS;

/** The color of the neighbor at an index of the list, by its distance relative to the nearest and the farthest. */
function neighborRgb(neighborhood: Neighborhood, index: number, ground: Ground): Rgb {
  const { distances } = neighborhood;
  const [nearest, farthest] = [distances[0]!, distances[distances.length - 1]!];
  const share = farthest > nearest ? (distances[index]! - nearest) / (farthest - nearest) : 0;
  const [from, to] = ENDS[ground];
  return rampColor(CIVIDIS, from + share * (to - from));
}

export function neighborColor(neighborhood: Neighborhood, index: number, ground: Ground): string {
  return cssColor(neighborRgb(neighborhood, index, ground));
}

/** RGBA of each neighbor, in the order of the list. */
export function neighborColors(neighborhood: Neighborhood, ground: Ground): Uint8Array {
  const colors = new Uint8Array(4 * neighborhood.rows.length).fill(255);
  for (let index = 0; index < neighborhood.rows.length; index++)
    colors.set(neighborRgb(neighborhood, index, ground), 4 * index);
  return colors;
}

/** Colors of all points, in which these rows have their own (RGBA). `base` null: all others have one color. */
export function paintOver(
  base: Uint8Array | null,
  count: number,
  rgb: readonly number[],
  rows: Int32Array,
  colors: Uint8Array,
): Uint8Array {
  const painted = base?.slice() ?? filled(count, rgb);
  rows.forEach((row, index) => {
    painted.set(colors.subarray(4 * index, 4 * index + 4), 4 * row);
  });
  return painted;
}

function filled(count: number, rgb: readonly number[]): Uint8Array {
  const colors = new Uint8Array(4 * count);
  new Uint32Array(colors.buffer).fill(new Uint32Array(Uint8Array.of(rgb[0]!, rgb[1]!, rgb[2]!, 255).buffer)[0]!);
  return colors;
}
