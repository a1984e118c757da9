/** The ten colors are what their comment says: apart for everybody. Simulation: Machado, Oliveira and Fernandes, 2009. */
import { describe, expect, it } from "vitest";
import { categoricalColors, oklchToRgb, type Rgb, SAFE_TEN } from "../../../src/data/categorical_colors";

type Matrix = readonly (readonly number[])[];
const VISIONS: Record<string, Matrix> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const times = (matrix: Matrix, vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, value, at) => sum + value * vector[at]!, 0));
const linear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const oklab = (rgb: readonly number[]) => times(TO_LAB, times(TO_LMS, rgb).map(Math.cbrt));
const seen = (color: Rgb, vision: Matrix) =>
  oklab(times(vision, color.map(linear)).map((part) => Math.min(1, Math.max(0, part))));

describe.each(Object.entries(VISIONS))("the safe ten, as seen with %s", (_, vision) => {
  it("are apart", () => {
    const colors = SAFE_TEN.map((color) => seen(color, vision));
    const distances = colors.flatMap((a, at) =>
      colors.slice(at + 1).map((b) => Math.hypot(...a.map((value, axis) => value - b[axis]!))),
    );
    expect(distances).toHaveLength(45);
    expect(Math.min(...distances)).toBeGreaterThan(0.11);
  });
});

it("beyond ten, the ten stay, and the others' hues are equally light", () => {
  const colors = categoricalColors(30);
  expect(colors.slice(0, 10)).toEqual(SAFE_TEN);
  const lightness = colors.slice(10).map((color) => seen(color, VISIONS.everybody!)[0]!);
  expect(Math.max(...lightness) - Math.min(...lightness)).toBeLessThan(0.01);
});

it.each([0, 1, 9, 10, 11, 12, 14, 16, 24, 40, 60])("%i colors are all different", (count) => {
  expect(new Set(categoricalColors(count).map(String)).size).toBe(count);
});

it("categories side by side in the legend are far apart", () => {
  const colors = categoricalColors(34).map((color) => seen(color, VISIONS.everybody!));
  const steps = colors.slice(1).map((b, at) => Math.hypot(...b.map((value, axis) => value - colors[at]![axis]!)));
  expect(Math.min(...steps)).toBeGreaterThan(0.1);
});

it("converts OKLCH as its author's page does", () => {
  expect(oklchToRgb(1, 0, 0)).toEqual([255, 255, 255]);
  expect(oklchToRgb(0.62796, 0.25768, 29.234)).toEqual([255, 0, 0]); // sRGB red, from the CSS Color 4 samples.
});
