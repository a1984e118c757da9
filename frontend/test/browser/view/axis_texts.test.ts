/** Numbers and names of axes among the names of points: on the screen, in an SVG and in a PNG. */
import { afterEach, describe, expect, it } from "vitest";
import { Random } from "../../../src/math/random";
import { EMPHASIS, type PictureProps } from "../../../src/view/picture";
import { pixelsOf, saveAs } from "./saved_png";
import { disposeShown, painted, type Shown, show } from "./shown_picture";
import { type SvgText, svgTexts } from "./svg_texts";

const COUNT = 400;
const [WIDTH, HEIGHT] = [900, 700];

afterEach(() => disposeShown());

function cloud(change: Partial<PictureProps>): Partial<PictureProps> {
  const random = new Random(5);
  const column = () => Float32Array.from({ length: COUNT }, () => random.uniform());
  return {
    positions: { x: column(), y: column(), z: column() },
    count: COUNT,
    showAxes: true,
    axisNames: ["one", "two", "three"],
    labels: (row) => `name ${row}`,
    labelRows: Int32Array.from({ length: COUNT }, (_, row) => row),
    ...change,
  };
}

const textsOf = (shown: Shown): SvgText[] => svgTexts(shown, () => "500 11px sans-serif");
const isName = ({ text }: SvgText) => text.startsWith("name ");
const touch = (one: SvgText, other: SvgText) =>
  Math.abs(one.y - other.y) < 12 && one.left < other.right && other.left < one.right;

describe.each([2, 3] as const)("in %i-D", (dimensions) => {
  it("names of points leave the numbers and names of axes free", async () => {
    const shown = show(cloud({ dimensions }), WIDTH, HEIGHT);
    await painted(shown, COUNT);
    shown.picture.camera.zoomBy(1.5); // Points reach the edges, where 2-D has its numbers.
    await painted(shown, COUNT);
    const texts = textsOf(shown);
    const [names, others] = [texts.filter(isName), texts.filter((text) => !isName(text))];
    expect(names.length).toBeGreaterThan(20);
    expect(others.length).toBeGreaterThan(6);
    const touching = others.flatMap((one) =>
      names.filter((name) => touch(one, name)).map(({ text }) => [one.text, text]),
    );
    expect(touching).toEqual([]);
  });

  it("names and numbers leave what lies over the corner free, and come back with it", async () => {
    const shown = show(cloud({ dimensions }), WIDTH, HEIGHT);
    await painted(shown, COUNT);
    shown.picture.camera.zoomBy(1.5);
    await painted(shown, COUNT);
    const texts = textsOf(shown);
    const covered = { width: 300, height: 400 };
    const isUnder = ({ left, y }: SvgText) => left < covered.width && y > HEIGHT - covered.height;
    expect(texts.filter(isUnder).length).toBeGreaterThan(3);
    shown.picture.set({ covered });
    await painted(shown, COUNT);
    expect(textsOf(shown).filter(isUnder)).toEqual([]);
    shown.picture.set({ covered: null });
    await painted(shown, COUNT);
    expect(textsOf(shown)).toEqual(texts);
  });

  it("every clicked point has its name, wherever it lies", async () => {
    const shown = show(cloud({ dimensions }), WIDTH, HEIGHT);
    await painted(shown, COUNT);
    for (let row = 0; row < COUNT; row += 7) {
      const emphasis = new Uint8Array(COUNT).fill(EMPHASIS.faded);
      emphasis[row] = EMPHASIS.selected;
      shown.picture.set({ emphasis, labelRows: Int32Array.of(row) });
      await painted(shown, COUNT);
      expect(
        textsOf(shown)
          .filter(isName)
          .map(({ text }) => text),
      ).toEqual([`name ${row}`]);
    }
  });
});

it("a PNG of 3-D has every number where the SVG has it, unless axes are off", async () => {
  const [width, height] = [1.5 * WIDTH, 1.5 * HEIGHT]; // Room for more numbers.
  const shown = show(cloud({ dimensions: 3, labels: null, pointSize: 1 }), width, height);
  await painted(shown, COUNT);
  const numbers = textsOf(shown).filter(({ text }) => /^\d/.test(text));
  const save = async () => pixelsOf((await saveAs(shown, 2))!, 0, 0, 2 * width, 2 * height);
  const withAxes = await save();
  shown.picture.set({ showAxes: false });
  await painted(shown, COUNT);
  const without = await save();
  expect(numbers.length).toBeGreaterThan(6);
  for (const { text, x, y } of numbers) expect(differing(withAxes, without, 2 * x, 2 * y), text).toBeGreaterThan(20);
});

/** Number of px within a letter's distance of a place that clearly differ. */
function differing(one: ImageData, other: ImageData, x: number, y: number): number {
  let found = 0;
  for (let line = Math.round(y) - 8; line <= y + 8; line++) {
    for (let column = Math.round(x) - 12; column <= x + 12; column++) {
      const at = 4 * (line * one.width + column);
      if (Math.abs(one.data[at]! - other.data[at]!) > 40) found++;
    }
  }
  return found;
}
