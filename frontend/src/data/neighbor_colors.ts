/** The colors of neighbors: a sequential scale over their distance, the nearest strongest. */
import type { Rgb } from "./categorical_colors";
import type { Neighborhood } from "./neighborhood";
import { CIVIDIS, cssColor, rampColor } from "./numeric_colors";

/** Of the ramp: where the nearest and the farthest lie, so that the nearest stands out most from the ground it is on. */
const ENDS = { light: [0, 0.75], dark: [0.95, 0.3] } as const;
export type Ground = keyof typeof ENDS;

/** The color of the neighbor at a place of the list, by its distance between the nearest's and the farthest's. */
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
