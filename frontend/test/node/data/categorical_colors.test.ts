/** The ten colors are what their comment says: apart for everybody. Simulation: Machado, Oliveira and Fernandes, 2009. */
import { type Color, differenceCiede2000, differenceEuclidean, lrgb, oklab, wcagContrast } from "culori";
import { describe, expect, it } from "vitest";
import { categoricalColors, oklchToRgb, type Rgb, SAFE_TEN } from "../../../src/data/categorical_colors";

type Matrix = readonly (readonly [red: number, green: number, blue: number])[];
/** Each with the smallest CIEDE2000 difference that two colors must have, and the matrix on linear RGB. */
const VISIONS: readonly [name: string, min: number, matrix: Matrix][] = [
  [
    "normal vision",
    20,
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ],
  [
    "protanopia",
    9,
    [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  ],
  [
    "deuteranopia",
    9,
    [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  ],
  [
    "tritanopia",
    9,
    [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  ],
];
const toColor = ([r, g, b]: Rgb): Color => ({ mode: "rgb", r: r / 255, g: g / 255, b: b / 255 });

function see(color: Rgb, matrix: Matrix): Color {
  const { r, g, b } = lrgb(toColor(color));
  const [red, green, blue] = matrix.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)));
  return { mode: "lrgb", r: red!, g: green!, b: blue! };
}

function pairs<T>(values: readonly T[]): [T, T][] {
  return values.flatMap((a, at) => values.slice(at + 1).map((b): [T, T] => [a, b]));
}

describe.each(VISIONS)("the safe ten, as seen with %s", (_, min, matrix) => {
  const seen = pairs(SAFE_TEN.map((color) => see(color, matrix)));

  it("are apart", () => {
    expect(seen).toHaveLength(45);
    expect(Math.min(...seen.map(([a, b]) => differenceCiede2000()(a, b)))).toBeGreaterThan(min);
    expect(Math.min(...seen.map(([a, b]) => differenceEuclidean("oklab")(a, b)))).toBeGreaterThan(0.11);
  });
});

/** The picture's grounds, light and dark. */
it.each(["#fcfcfd", "#0f1216"])("each of many colors stands out from %s", (ground) => {
  const contrasts = categoricalColors(30).map((color) => wcagContrast(toColor(color), ground));
  expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(2);
});

it("beyond ten, the ten stay, and the others' hues are equally light", () => {
  const colors = categoricalColors(30);
  expect(colors.slice(0, 10)).toEqual(SAFE_TEN);
  const lightness = colors.slice(10).map((color) => oklab(toColor(color)).l);
  expect(Math.max(...lightness) - Math.min(...lightness)).toBeLessThan(0.01);
});

it.each([0, 1, 9, 10, 11, 12, 14, 16, 24, 40, 60])("%i colors are all different", (count) => {
  expect(new Set(categoricalColors(count).map(String)).size).toBe(count);
});

it("categories side by side in the legend are far apart", () => {
  const colors = categoricalColors(34).map(toColor);
  const steps = colors.slice(1).map((color, at) => differenceEuclidean("oklab")(colors[at]!, color));
  expect(Math.min(...steps)).toBeGreaterThan(0.1);
});

it("converts OKLCH as its author's page does", () => {
  expect(oklchToRgb(1, 0, 0)).toEqual([255, 255, 255]);
  expect(oklchToRgb(0.62796, 0.25768, 29.234)).toEqual([255, 0, 0]); // sRGB red, from the CSS Color 4 samples.
});
