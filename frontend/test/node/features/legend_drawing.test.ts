/** The legends of a saved picture lie in the picture, however low that is. */
import { describe, expect, it } from "vitest";
import { computeColoring } from "../../../src/data/coloring";
import { cssColor } from "../../../src/data/css_color";
import { densityRamp } from "../../../src/data/density_colors";
import { computeSizes } from "../../../src/data/point_sizes";
import { drawLegends, legendsSvg } from "../../../src/features/saving/legend_drawing";
import type { Legends } from "../../../src/features/saving/legend_marks";
import { numberColumn, textColumn } from "../data/columns";

const cells = Array.from({ length: 30 }, (_, at) => `value ${at}`);
const { legend } = computeColoring(textColumn("word", [...cells, null]));
const { legend: sizeLegend } = computeSizes(numberColumn("weight", [1, 25, null, null]));
const NONE: Legends = { legend: null, sizeLegend: null, density: false };
/** Height of the legend of sizes with the gap above it. */
const SIZES_PX = 40;

/** Records what a PNG would get. */
function noted() {
  const texts: [text: string, y: number][] = [];
  const tops: number[] = [];
  const nothing = () => {};
  const context = {
    ...{ save: nothing, restore: nothing, beginPath: nothing, fill: nothing, stroke: nothing, arc: nothing },
    measureText: (text: string) => ({ width: 7 * text.length }),
    roundRect: (_x: number, y: number) => tops.push(y),
    fillText: (text: string, _x: number, y: number) => texts.push([text, y]),
  };
  return { context: context as unknown as CanvasRenderingContext2D, texts, tops };
}

type Texts = [text: string, y: number][];

function svgTexts(height: number, legends: Legends = { ...NONE, legend }): Texts {
  const found = legendsSvg(height, legends, "light").matchAll(/<text[^>]* y="([^"]+)"[^>]*>([^<]*)</g);
  return [...found].map(([, y, text]) => [text!, Number(y)]);
}

function pngTexts(height: number, legends: Legends = { ...NONE, legend }): Texts {
  const { context, texts, tops } = noted();
  drawLegends(context, height, legends, "light");
  for (const top of tops) expect(top).toBeGreaterThanOrEqual(0);
  return texts;
}

describe.each([
  ["SVG", svgTexts],
  ["PNG", pngTexts],
] as const)("in a file of %s", (_name, textsOf) => {
  it.each([
    [400, 17],
    [290, 10],
    [100, 0],
  ])("%i px high, the title, as many values as fit and the number of others are seen", (height, named) => {
    const texts = textsOf(height);
    expect(texts.map(([text]) => text).filter((text) => text.startsWith("value"))).toEqual(cells.slice(0, named));
    expect(texts[0]![0]).toBe("word");
    expect(texts.map(([text]) => text)).toContain(`and ${30 - named} others`);
    expect(texts.map(([text]) => text)).toContain("no value");
    for (const [text, y] of texts) {
      expect(y, text).toBeGreaterThan(12);
      expect(y, text).toBeLessThan(height - 12);
    }
  });

  it("names as many as ever where there is room", () => {
    const texts = textsOf(900).map(([text]) => text);
    expect(texts.filter((text) => text.startsWith("value"))).toEqual(cells.slice(0, 24));
    expect(texts).toContain("and 6 others");
  });

  it("has the sizes below the colors, which then have less room", () => {
    const texts = textsOf(400 + SIZES_PX, { ...NONE, legend, sizeLegend });
    const [alone, sizes] = [textsOf(400), texts.slice(-4)];
    expect(texts.slice(0, -4)).toEqual(alone);
    expect(sizes.map(([text]) => text)).toEqual(["weight", "1", "25", "2 without"]);
    for (const [, y] of sizes) expect(y).toBeGreaterThan(alone.at(-1)![1] + 20);
  });

  it("says what the colors of a density mean, above the sizes", () => {
    const texts = textsOf(400, { ...NONE, sizeLegend, density: true });
    expect(texts.map(([text]) => text).slice(0, 4)).toEqual(["Density", "few", "many", "weight"]);
    expect(texts[3]![1]).toBe(texts[0]![1] + SIZES_PX);
  });

  it("has the sizes alone where all points are of one color, and nothing without either", () => {
    expect(textsOf(400, { ...NONE, sizeLegend }).map(([text]) => text)[0]).toBe("weight");
    expect(textsOf(400, NONE)).toEqual([]);
  });
});

it("shows the sizes by discs as they are in the picture", () => {
  const svg = legendsSvg(400, { ...NONE, sizeLegend }, "dark");
  expect([...svg.matchAll(/<circle[^>]* r="([^"]+)"/g)].map(([, radius]) => Number(radius))).toEqual([1.5, 7.5]);
});

it.each(["light", "dark"] as const)("shows the density's colors in the %s theme, from few points to many", (theme) => {
  const svg = legendsSvg(400, { ...NONE, density: true }, theme);
  const [few, many] = [densityRamp(theme, 2)[0]!, densityRamp(theme, 2)[1]!].map(cssColor);
  const colors = [...svg.matchAll(/<circle[^>]* fill="([^"]+)"/g)].map(([, color]) => color);
  expect([colors[0], colors.at(-1)]).toEqual([few, many]);
});
