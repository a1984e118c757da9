/** The horizontal texts of a picture as an SVG, with the room that each takes. */
import type { Shown } from "./shown_picture";

export interface SvgText {
  readonly text: string;
  readonly isBold: boolean;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

/** Each is measured in the font that `fontOf` gives for it. */
export function svgTexts({ picture }: Shown, fontOf: (isBold: boolean) => string): SvgText[] {
  const svg = new DOMParser().parseFromString([...picture.writeSvg("")].join(""), "image/svg+xml");
  const context = new OffscreenCanvas(1, 1).getContext("2d")!;
  return [...svg.querySelectorAll("text")]
    .filter((element) => element.closest("[transform]") === null)
    .map((element) => {
      const isBold = element.getAttribute("font-weight") === "700";
      const [x, y] = [Number(element.getAttribute("x")), Number(element.getAttribute("y"))];
      context.font = fontOf(isBold);
      const { width } = context.measureText(element.textContent!);
      const before = { start: 0, middle: width / 2, end: width }[element.getAttribute("text-anchor")!]!;
      return { text: element.textContent!, isBold, x, y, left: x - before, right: x - before + width };
    });
}
