/** Colors as CSS; and the grays of points without a color of their own, for the picture and every legend alike. */
import type { Rgb } from "./categorical_colors";

/** Points without a value. */
export const MISSING: Rgb = [0xb4, 0xb4, 0xb4];
/** Points of categories beyond those with a color each. */
export const OTHERS: Rgb = [0x8e, 0x96, 0xa3];

export function cssColor(color: Rgb): string {
  return `rgb(${color[0]} ${color[1]} ${color[2]})`;
}
