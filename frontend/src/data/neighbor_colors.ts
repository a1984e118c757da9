/** The colors of neighbors: a sequential scale over their distance, the nearest strongest. */
import type { Rgb } from "./categorical_colors";
import type { Neighborhood } from "./neighborhood";
import { CIVIDIS, cssColor, rampColor } from "./numeric_colors";

/** Of the ramp, so that its darkest end is not lost on a dark ground, nor its palest on a light one. */
const [NEAREST, FARTHEST] = [0.95, 0.25] as const;

/** The color of the neighbor at a place of the list, by its distance between the nearest's and the farthest's. */
export function neighborRgb(neighborhood: Neighborhood, index: number): Rgb {
  const { distances } = neighborhood;
  const [nearest, farthest] = [distances[0]!, distances[distances.length - 1]!];
  const share = farthest > nearest ? (distances[index]! - nearest) / (farthest - nearest) : 0;
  return rampColor(CIVIDIS, NEAREST + share * (FARTHEST - NEAREST));
}

export function neighborColor(neighborhood: Neighborhood, index: number): string {
  return cssColor(neighborRgb(neighborhood, index));
}
