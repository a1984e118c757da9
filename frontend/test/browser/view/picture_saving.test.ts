/** A picture saved in parts: the same as in one piece, and larger than any piece may be. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { Random } from "../../../src/math/random";
import { EMPHASIS, type PictureProps } from "../../../src/view/picture";
import { pixelsOf, saveAs, sizeOf } from "./saved_png";
import { colorsOf, disposeShown, flat, GROUND, painted, type Shown, show } from "./shown_picture";

const RED = [200, 30, 30];
const COUNT = 150;

afterEach(() => disposeShown());

function cloud(change: Partial<PictureProps>): Partial<PictureProps> {
  const random = new Random(3);
  const column = () => Float32Array.from({ length: COUNT }, () => random.uniform());
  return {
    positions: { x: column(), y: column(), z: column() },
    count: COUNT,
    colors: Uint8Array.from({ length: 4 * COUNT }, () => 256 * random.uniform()),
    sizes: Float32Array.from({ length: COUNT }, () => 1 + 2 * random.uniform()),
    pointSize: 12,
    showAxes: true,
    axisNames: ["one", "two", "three"],
    labels: (row) => `point ${row}`,
    labelRows: Int32Array.from({ length: COUNT }, (_, row) => row),
    ...change,
  };
}

/** The same picture in one piece and in parts of these sizes. */
async function saveBoth(shown: Shown, ratio: number, partPx: { width: number; height: number }): Promise<ImageData[]> {
  const [one, cut] = [(await saveAs(shown, ratio))!, (await saveAs(shown, ratio, { partPx }))!];
  const [width, height] = [600 * ratio, 400 * ratio];
  expect([await sizeOf(one), await sizeOf(cut)]).toEqual([
    [width, height],
    [width, height],
  ]);
  const images = [await pixelsOf(one, 0, 0, width, height), await pixelsOf(cut, 0, 0, width, height)];
  const drawn = images[0]!.data.filter((part, at) => at % 4 === 0 && Math.abs(part - GROUND[0]!) > 40);
  expect(drawn.length).toBeGreaterThan(5_000);
  return images;
}

function withoutWebGl(open: () => Shown): Shown {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: unknown) {
    return kind === "webgl2" ? null : getContext.call(this, kind as "2d", options);
  } as typeof getContext;
  try {
    return open();
  } finally {
    HTMLCanvasElement.prototype.getContext = getContext;
  }
}

/** A GPU whose textures have at most this side. */
function withTextures(maxPx: number, open: () => Shown): Shown {
  const gl = WebGL2RenderingContext.prototype;
  const { getParameter } = gl;
  const limit = vi.spyOn(gl, "getParameter").mockImplementation(function (this: WebGL2RenderingContext, name) {
    return name === gl.MAX_TEXTURE_SIZE ? maxPx : getParameter.call(this, name);
  });
  try {
    return open();
  } finally {
    limit.mockRestore();
  }
}

/** Number of px that are clearly not ground. */
async function inkOf(shown: Shown, ratio: number): Promise<number> {
  const { data } = await pixelsOf((await saveAs(shown, ratio))!, 0, 0, 600 * ratio, 400 * ratio);
  return data.filter((part, at) => at % 4 === 0 && Math.abs(part - GROUND[0]!) > 40).length;
}

/** The largest difference of any channel of a pixel, `within` px of it. */
function apart([one, cut]: ImageData[], within = 0): number {
  const { width, height, data } = one!;
  let most = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    let least = 255;
    for (let row = Math.max(0, y - within); row <= Math.min(height - 1, y + within); row++) {
      for (let column = Math.max(0, x - within); column <= Math.min(width - 1, x + within); column++) {
        const other = 4 * (row * width + column);
        const parts = [0, 1, 2].map((part) => Math.abs(data[at + part]! - cut!.data[other + part]!));
        least = Math.min(least, Math.max(...parts));
      }
    }
    most = Math.max(most, least);
  }
  return most;
}

const marked = Uint8Array.from({ length: COUNT }, (_, row) =>
  row % 9 === 0 ? EMPHASIS.selected : row % 4 === 0 ? EMPHASIS.neighbor : EMPHASIS.faded,
);
const labelPoints = {
  rows: Int32Array.from({ length: COUNT }, (_, row) => row),
  isAll: true,
  text: (row: number) => `text ${row}`,
};

describe("in parts, a picture is the same as in one piece", () => {
  it.each<[string, Partial<PictureProps>]>([
    ["2-D with axes and labels", { dimensions: 2 }],
    ["3-D with labels", { dimensions: 3, sizeByDepth: true, fog: true, showAxes: false }],
    ["2-D with rings", { dimensions: 2, emphasis: marked }],
    ["3-D with rings", { dimensions: 3, sizeByDepth: true, emphasis: marked, showAxes: false }],
    ["2-D as density", { dimensions: 2, density: true }],
  ])("%s", async (_name, change) => {
    const shown = show(cloud(change));
    await painted(shown, COUNT);
    expect(apart(await saveBoth(shown, 2, { width: 257, height: 190 }))).toBe(0);
  });

  it("with slanted axes, whose soft edges the browser rounds differently", async () => {
    const shown = show(cloud({ dimensions: 3 }));
    await painted(shown, COUNT);
    expect(apart(await saveBoth(shown, 2, { width: 257, height: 190 }))).toBeLessThan(8);
  });

  it("with texts, whose letters the GPU samples from sheets of other sizes", async () => {
    const shown = show(cloud({ dimensions: 3, labelPoints, showAxes: false }));
    await painted(shown, COUNT);
    expect(apart(await saveBoth(shown, 2, { width: 257, height: 190 }))).toBeLessThan(8);
  });

  it("with lines between points, whose steps the GPU may take a px earlier or later", async () => {
    const lines = Uint32Array.from({ length: 2 * (COUNT - 1) }, (_, at) => (at + 1) >> 1);
    const shown = show(cloud({ dimensions: 3, lines, labelRows: null }));
    await painted(shown, COUNT);
    expect(apart(await saveBoth(shown, 1, { width: 200, height: 150 }), 1)).toBeLessThan(48);
  });

  it("without WebGL 2", async () => {
    const shown = withoutWebGl(() => show(cloud({ dimensions: 2, emphasis: marked })));
    await painted(shown, COUNT);
    expect(apart(await saveBoth(shown, 1, { width: 200, height: 150 }))).toBe(0);
  });
});

it("axes of 3-D have their numbers in an SVG, unless they are off or mean nothing", async () => {
  const shown = show(cloud({ dimensions: 3, labels: null }), 900, 700);
  await painted(shown, COUNT);
  const numbers = () =>
    [...[...shown.picture.writeSvg("")].join("").matchAll(/<text[^>]*>(\d\.\d+)<\/text>/g)].map(([, text]) =>
      Number(text),
    );
  expect(numbers().length).toBeGreaterThan(3);
  for (const number of numbers()) expect(number > 0 && number < 1).toBe(true);
  shown.picture.set({ showAxes: false });
  expect(numbers()).toEqual([]);
  shown.picture.set({ showAxes: true, axisNames: [] });
  expect(numbers()).toEqual([]);
});

it("points that are texts are as large as on the screen, in more px", async () => {
  const shown = show(cloud({ dimensions: 2, labelPoints, showAxes: false, labels: () => "" }));
  await painted(shown, COUNT);
  expect(Math.abs((await inkOf(shown, 3)) / (9 * (await inkOf(shown, 1))) - 1)).toBeLessThan(0.3);
});

describe("in four times the window's size", () => {
  it("a letter's edge is as sharp as on the screen", async () => {
    const texts = { rows: Int32Array.of(0, 1, 2), isAll: true, text: (row: number) => (row === 1 ? "■■■" : "·") };
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]), labelPoints: texts, showAxes: false });
    await painted(shown, 3);
    const edgeAt = async (ratio: number) => {
      const { data } = await pixelsOf((await saveAs(shown, ratio))!, 250 * ratio, 200 * ratio, 50 * ratio, 1);
      return edgePx([...data.filter((_part, at) => at % 4 === 0)]);
    };
    const onScreen = await edgeAt(1);
    expect(onScreen).toBeLessThan(3);
    expect(await edgeAt(4)).toBeLessThanOrEqual(onScreen + 1);
  });

  it("no text is missing, though a texture holds few of them", async () => {
    const count = 400;
    const random = new Random(3);
    const column = () => Float32Array.from({ length: count }, () => random.uniform());
    const rows = Int32Array.from({ length: count }, (_, row) => row);
    const texts = { rows, isAll: true, text: (row: number) => `text ${row}` };
    const props = { positions: { x: column(), y: column(), z: null }, count, labelPoints: texts, showAxes: false };
    const inks: number[] = [];
    for (const maxPx of [1600, 8192]) {
      const shown = withTextures(maxPx, () => show(props));
      await painted(shown, count);
      inks.push(await inkOf(shown, 4));
      disposeShown();
    }
    expect(Math.abs(inks[0]! / inks[1]! - 1)).toBeLessThan(0.01);
  });

  it("a line is four px wide without WebGL 2", async () => {
    const shown = withoutWebGl(() => show({ ...flat([-1, 0], [1, 0]), lines: Uint32Array.of(0, 1), showAxes: false }));
    await painted(shown, 2);
    const widthAt = async (ratio: number) => {
      const { data } = await pixelsOf((await saveAs(shown, ratio))!, 300 * ratio, 0, 1, 400 * ratio);
      return data.filter((part, at) => at % 4 === 0 && GROUND[0]! - part > 20).length;
    };
    expect(await widthAt(1)).toBe(1);
    expect(await widthAt(4)).toBe(4);
  });
});

/** Number of px between ground and ink at the first edge of a row. */
function edgePx(row: number[]): number {
  const [ground, ink] = [Math.max(...row), Math.min(...row)];
  const shares = row.map((value) => (ground - value) / (ground - ink));
  const first = shares.findIndex((share) => share > 0.9);
  return (
    first -
    1 -
    shares
      .slice(0, first)
      .map((share) => share < 0.1)
      .lastIndexOf(true)
  );
}

describe("a picture wider than a piece may be", () => {
  const points = (): Partial<PictureProps> => ({ ...flat([-1, 0], [0, 0], [1, 0]), colors: colorsOf(3, RED) });

  it("is drawn in 12,000 px, with its points where they are on the screen", async () => {
    const shown = show({ ...points(), pointSize: 20 }, 600, 60);
    await painted(shown, 3);
    const shares: number[] = [];
    const png = (await saveAs(shown, 20, { onProgress: (share) => shares.push(share) }))!;
    expect(await sizeOf(png)).toEqual([12_000, 1200]);
    for (const row of [0, 1, 2]) {
      const [x, y] = shown.picture.pointer.locate(row)!;
      const { data } = await pixelsOf(png, Math.round(20 * x), Math.round(20 * y), 1, 1);
      expect(Math.abs(data[0]! - data[2]! - 136)).toBeLessThan(50); // Four fifths of the point's own.
      const beside = await pixelsOf(png, Math.round(20 * x) + 300 * (row === 2 ? -1 : 1), Math.round(20 * y), 1, 1);
      expect([...beside.data.subarray(0, 3)]).toEqual(GROUND);
    }
    expect(shares.length).toBeGreaterThan(4);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("is drawn in parts that a GPU with a low limit draws, margins included", async () => {
    const shown = withTextures(700, () => show({ ...points(), pointSize: 20 }));
    await painted(shown, 3);
    const storage = vi.spyOn(WebGL2RenderingContext.prototype, "renderbufferStorage");
    const png = (await saveAs(shown, 4))!;
    const sides = storage.mock.calls.flatMap(([, , width, height]) => [width, height]);
    storage.mockRestore();
    expect(await sizeOf(png)).toEqual([2400, 1600]);
    expect(sides.length).toBeGreaterThan(8);
    expect(Math.max(...sides)).toBeLessThanOrEqual(700);
  });

  it("is given up when the user cancels, and the page goes on", async () => {
    const shown = show({ ...points(), pointSize: 20 });
    await painted(shown, 3);
    const abort = new AbortController();
    const onProgress = vi.fn(() => abort.abort());
    const saving = saveAs(shown, 40, { signal: abort.signal, onProgress });
    await expect(saving).rejects.toMatchObject({ name: "AbortError" });
    expect(onProgress).toHaveBeenCalledTimes(1);
    shown.picture.set({ ...flat([0, 0]), colors: null });
    await painted(shown, 1);
  });
});
