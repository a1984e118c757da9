/** Names of axes stay inside of the picture, with both ends: in the corner, and along the edges. */
import { describe, expect, it } from "vitest";
import type { LabelBox } from "../../../src/math/label_placement";
import { drawAxes2D, drawCorner } from "../../../src/view/axes_drawing";
import { fitText } from "../../../src/view/canvas_text";
import { SvgPen } from "../../../src/view/svg_pen";
import type { Theme } from "../../../src/view/theme";

const THEME = { font: "sans-serif", axis: "#000", halo: "#fff", text: "#000" } as unknown as Theme;
const [WIDTH, HEIGHT] = [600, 400];

interface Drawn {
  text: string;
  left: number;
  right: number;
}

function drawn(draw: (paper: { context: SvgPen; width: number; height: number }) => void): Drawn[] {
  const pen = new SvgPen();
  draw({ context: pen, width: WIDTH, height: HEIGHT });
  return [...pen.markup.join("").matchAll(/<text x="([-\d.]+)" y="[-\d.]+" text-anchor="(\w+)".*>(.*)<\/text>/g)].map(
    ([, x, anchor, text]) => {
      const { width } = pen.measureText(text!);
      const left = Number(x) - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
      return { text: text!, left, right: left + width };
    },
  );
}

describe.each(["^best$ − ^worst$", `${"long ".repeat(40)}end$`])("the name «%s»", (name) => {
  it.each([0, 0.7, 1.6, 3, 4.5])("in the corner lies inside of the window, turned by %f", (azimuth) => {
    const texts = drawn((paper) => drawCorner(paper, { azimuth, elevation: 0.4 }, [name, "y", name], THEME, 1));
    expect(texts).toHaveLength(3);
    for (const { text, left, right } of texts) {
      expect([left >= 0, right <= WIDTH]).toEqual([true, true]);
      if (text !== "y") expect([text.slice(0, 2), text.slice(-2)]).toEqual([name.slice(0, 2), name.slice(-2)]);
    }
  });

  it("along the edges is no longer than they are", () => {
    const extents = { x: [0, 1], y: [0, 1] } as const;
    const texts = drawn((paper) => drawAxes2D(paper, [name, name], extents, THEME, 1)).filter(({ text }) =>
      text.endsWith("→"),
    );
    expect(texts).toHaveLength(2);
    const [alongX, alongY] = texts;
    expect(alongX!.left).toBeGreaterThanOrEqual(0);
    expect(alongY!.right - alongY!.left).toBeLessThan(HEIGHT - 30);
    for (const { text } of texts) expect(text.endsWith(`${name.slice(-2)} →`)).toBe(true);
  });
});

it("numbers are left out where something lies over them, in part or whole", () => {
  const extents = { x: [0, 6], y: [0, 4] } as const;
  const numbers = (covered: LabelBox | null) =>
    drawn((paper) => drawAxes2D({ ...paper, covered }, ["x", ""], extents, THEME, 1)).slice(0, -1);
  const [first, ...others] = numbers(null);
  expect([first!.text, others.length]).toEqual(["1", 4]);
  const corner = { x: 0, y: HEIGHT - 100, width: (first!.left + first!.right) / 2, height: 100 };
  expect(numbers(corner)).toEqual(others);
  expect(numbers({ ...corner, width: first!.left - 1 })).toHaveLength(5);
  expect(numbers({ ...corner, y: HEIGHT - 1, height: 1 })).toHaveLength(5);
});

it("what fits stays whole, and a letter is never torn apart", () => {
  const pen = Object.assign(new SvgPen(), { font: "10px x" });
  expect(fitText(pen, "PC 1", 100)).toBe("PC 1");
  const family = "👨‍👩‍👧";
  const cut = fitText(pen, family.repeat(9), 300);
  expect(cut).toMatch(new RegExp(`^(${family})+…(${family})+$`, "u"));
});
