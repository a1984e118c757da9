/** The picture as SVG, element by element; test_saving.py looks at the whole beside the picture itself. */
import { describe, expect, it } from "vitest";
import type { View } from "../../../src/gl/scene";
import { ScreenProjection } from "../../../src/math/screen_projection";
import { EMPHASIS, NO_PROPS, type PictureProps } from "../../../src/view/picture_props";
import { SvgPen } from "../../../src/view/svg_pen";
import { writeSvg } from "../../../src/view/svg_writer";
import type { Theme } from "../../../src/view/theme";

const STYLE: Theme = {
  ground: [1, 1, 1, 1],
  point: [0, 0, 1, 1],
  ring: [0, 0, 0, 1],
  line: [0, 1, 0, 1],
  density: new Float32Array(0),
  ...{
    text: "#111",
    axis: "#777",
    axisText: "#555",
    halo: "#fff",
    font: "sans-serif",
    accent: "#00f",
    onAccent: "#fff",
  },
};
const CLIP = { origin: [0, 0, 0], matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } as unknown as View["clip"];
const VIEW: View = {
  ...{ clip: CLIP, oldClip: CLIP, mix: 1, fogPerW: 0, fog: 0, pointSizePx: 8, thumbnailPx: 0, hasRoomForImages: false },
  ...{
    alpha: 0.8,
    sizeByDepth: true,
    densityPeak: null,
    densityPx: 0,
    pixelRatio: 2,
    magnification: 1,
    depth: false,
    style: STYLE,
  },
};
/** Three points, the last of which has no place. */
const POINTS: Partial<PictureProps> = {
  count: 3,
  positions: { x: Float32Array.of(-0.5, 0.5, Number.NaN), y: Float32Array.of(0, 0, 0), z: null },
};

function write(more: Partial<PictureProps>): string {
  const props = { ...NO_PROPS, ...POINTS, ...more };
  const projector = new ScreenProjection(props.positions, CLIP, 200, 100);
  return [...writeSvg(props, VIEW, projector, STYLE, { texts: [], markup: [] })].join("");
}

describe("an SVG", () => {
  it("has a disc for each point that has a place", () => {
    const svg = write({});
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg).toContain('<circle cx="50.00" cy="50.00" r="2.00" fill="#0000ff" fill-opacity="0.8"/>');
  });

  it("draws no line to what is no place, and each half of a line in the color of its end", () => {
    const colors = Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255);
    const svg = write({ colors, lines: Uint32Array.of(0, 1, 1, 2) });
    expect(svg).not.toContain("NaN");
    expect(svg).toContain('<path d="M50.00 50.00L100.00 50.00" stroke="#ff0000"');
    expect(svg).toContain('<path d="M100.00 50.00L150.00 50.00" stroke="#0000ff"');
    expect(svg.match(/<path/g)).toHaveLength(2);
  });

  it("mixes what is faded with the ground, and rings what is selected", () => {
    const svg = write({ emphasis: Uint8Array.of(EMPHASIS.faded, EMPHASIS.selected, EMPHASIS.faded) });
    expect(svg).toContain('fill="#d9d9ff" fill-opacity="1"');
    expect(svg).toContain('fill="#ffffff" stroke="#000000" stroke-width="1.5"');
  });

  it("rings a few neighbors thinly, the nearest over the others", () => {
    const emphasis = new Uint8Array(3).fill(EMPHASIS.neighbor);
    const colors = Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255);
    const positions = { x: Float32Array.of(0, 0, 0.5), y: Float32Array.of(0, 0, 0), z: null };
    const discs = (labelRows: Int32Array) =>
      [...write({ emphasis, colors, positions, labelRows }).matchAll(/r="2\.\d+" fill="(#\w+)"/g)].map(
        ([, fill]) => fill,
      );
    expect(discs(Int32Array.of(0, 1)).indexOf("#0000ff")).toBeLessThan(discs(Int32Array.of(0, 1)).indexOf("#ff0000"));
    expect(discs(Int32Array.of(1, 0)).indexOf("#ff0000")).toBeLessThan(discs(Int32Array.of(1, 0)).indexOf("#0000ff"));
    expect(write({ emphasis }).match(/stroke-width="0.75"/g)).toHaveLength(2);
  });

  it("has labels in the place of points, which are text whatever they hold", () => {
    const rows = Int32Array.of(0, 1, 2);
    const svg = write({ labelPoints: { rows, isAll: true, text: (row) => `<b>${row}\u0000` } });
    expect(svg).not.toContain("<circle");
    expect(svg).toContain(">&lt;b&gt;0</text>");
  });

  it("has labels beside the points that have one, where not all have", () => {
    const svg = write({ labelPoints: { rows: Int32Array.of(1, 2), isAll: false, text: (row) => `name ${row}` } });
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg.match(/<text/g)).toHaveLength(1);
    expect(svg).toContain(">name 1</text>");
  });
});

it("a pen closes the turns that it was asked for", () => {
  const pen = new SvgPen();
  pen.save();
  pen.translate(10, 20);
  pen.rotate(-Math.PI / 2);
  pen.fillText("PC 2 & more", 0, 0);
  pen.restore();
  const markup = pen.markup.join("");
  expect(markup).toContain('<g transform="translate(10 20)">\n<g transform="rotate(-90)">');
  expect(markup).toContain(">PC 2 &amp; more</text>\n</g>\n</g>\n");
});
