/** Colors of neighbors: a sequential scale over their distance, with the nearest the strongest. */
import type { Rgb } from "./categorical_colors";
import { cssColor } from "./css_color";
import type { Neighborhood } from "./neighborhood";
import { CIVIDIS, rampColor } from "./numeric_colors";

/** Positions of the nearest and the farthest on the ramp, such that the nearest stands out most from the background. */
const ENDS = { light: [0, 0.75], dark: [0.95, 0.3] } as const;
type Ground = keyof typeof ENDS;

/** The color of the neighbor at an index of the list, by its distance relative to the nearest and the farthest. */
export function neighborRgb(neighborhood: Neighborhood, index: number, ground: Ground): Rgb {
  const { distances } = neighborhood;
  const [nearest, farthest] = [distances[0]!, distances[distances.length - 1]!];
  const share = farthest > nearest ? (distances[index]! - nearest) / (farthest - nearest) : 0;
  const [from, to] = ENDS[ground];
  return rampColor(CIVIDIS, from + share * (to - from));
}

export function neighborColor(neighborhood: Neighborhood, index: number, ground: Ground): string {
  return cssColor(neighborRgb(neighborhood, index, ground));
}
