/** Colors that show a quantity: perceptually uniform, and readable with red-green color blindness. */
import { interpolateCividis, interpolateViridis } from "d3-scale-chromatic";
import type { Rgb } from "./categorical_colors";
import { cssColor } from "./css_color";

export type Ramp = readonly Rgb[];

const STEPS = 256;

/** Color scale for column values. */
export const VIRIDIS: Ramp = makeRamp(interpolateViridis);
/** Color scale for distances, a different one, so that neighbors are not mistaken for values. */
export const CIVIDIS: Ramp = makeRamp(interpolateCividis);

/** Samples one of d3's interpolators. */
export function makeRamp(interpolate: (share: number) => string): Ramp {
  return rampOf((share) => parseCss(interpolate(share)));
}

export function rampOf(colorAt: (share: number) => Rgb): Ramp {
  return Array.from({ length: STEPS }, (_, index) => colorAt(index / (STEPS - 1)));
}

/** Parses both forms that d3 writes: «#440154» and «rgb(0, 32, 81)». */
function parseCss(text: string): Rgb {
  const numbers = text.startsWith("#")
    ? [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16))
    : [...text.matchAll(/\d+/g)].map((match) => Number(match[0]));
  return [numbers[0]!, numbers[1]!, numbers[2]!];
}

/** The color at a fraction of the ramp; clamped to 0 to 1. */
export function rampColor(ramp: Ramp, share: number): Rgb {
  return ramp[Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1))]!;
}

/** The ramp as a CSS gradient from left to right. */
export function cssGradient(ramp: Ramp): string {
  const stops = Array.from({ length: 9 }, (_, index) => cssColor(rampColor(ramp, index / 8)));
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
