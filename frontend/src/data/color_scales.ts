/** Color scales for numbers: sequential ones, and diverging ones around a middle. */
import { interpolateCividis, interpolateMagma, interpolateViridis } from "d3-scale-chromatic";
import { oklchToRgb, type Rgb } from "./categorical_colors";
import { makeRamp, type Ramp, rampOf } from "./numeric_colors";

export const SCALES = ["viridis", "cividis", "magma", "gray", "blue-orange", "green-purple"] as const;
export type ScaleName = (typeof SCALES)[number];

export interface Scale {
  readonly name: ScaleName;
  readonly words: string;
  readonly isDiverging: boolean;
  readonly ramp: Ramp;
}

const WORDS: Record<ScaleName, string> = {
  viridis: "Viridis",
  cividis: "Cividis",
  magma: "Magma",
  gray: "Gray to blue",
  "blue-orange": "Blue – orange, diverging",
  "green-purple": "Green – purple, diverging",
};

const RAMPS: Record<ScaleName, () => Ramp> = {
  viridis: () => makeRamp(interpolateViridis),
  cividis: () => makeRamp(interpolateCividis),
  // Its black and white ends are cut off: each would be invisible on one of the two backgrounds.
  magma: () => makeRamp((share) => interpolateMagma(0.2 + 0.65 * share)),
  gray: () => rampOf((share) => oklchToRgb(0.8 - 0.3 * share, 0.01 + 0.17 * share, 262)),
  "blue-orange": () => diverging(256, 55),
  "green-purple": () => diverging(155, 315),
};

const made = new Map<ScaleName, Scale>();

export function scaleOf(name: ScaleName): Scale {
  const known = made.get(name);
  if (known !== undefined) return known;
  const isDiverging = name === "blue-orange" || name === "green-purple";
  const scale = { name, words: WORDS[name], isDiverging, ramp: RAMPS[name]() };
  made.set(name, scale);
  return scale;
}

export function allScales(): readonly Scale[] {
  return SCALES.map(scaleOf);
}

/** From one hue to another through a gray visible on both backgrounds, with equal lightness at both ends. */
function diverging(low: number, high: number): Ramp {
  return rampOf((share): Rgb => {
    const far = Math.abs(2 * share - 1);
    return oklchToRgb(0.76 - 0.2 * far, 0.005 + 0.135 * far, share < 0.5 ? low : high);
  });
}
