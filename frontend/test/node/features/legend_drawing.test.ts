/** The legend of a saved picture lies in the picture, however low that is. */
import { describe, expect, it } from "vitest";
import { computeColoring } from "../../../src/data/coloring";
import { drawLegend, legendSvg } from "../../../src/features/saving/legend_drawing";
import { textColumn } from "../data/columns";

const cells = Array.from({ length: 30 }, (_, at) => `value ${at}`);
const { legend } = computeColoring(textColumn("word", [...cells, null]));

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

function svgTexts(height: number): [text: string, y: number][] {
  const found = legendSvg(height, legend, "light").matchAll(/<text[^>]* y="([^"]+)"[^>]*>([^<]*)</g);
  return [...found].map(([, y, text]) => [text!, Number(y)]);
}

function pngTexts(height: number): [text: string, y: number][] {
  const { context, texts, tops } = noted();
  drawLegend(context, height, legend, "light");
  expect(tops[0]).toBeGreaterThanOrEqual(0);
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
});
