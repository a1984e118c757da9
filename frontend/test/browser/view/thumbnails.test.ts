/** Images of points, from sheets made here. */

import { afterEach, describe, expect, it } from "vitest";
import type { Sprite } from "../../../src/data/sprite";
import { Random } from "../../../src/math/random";
import { disposeShown, flat, painted, pixelAt, type Shown, show, spots } from "./shown_picture";

afterEach(() => disposeShown());

function sheets(urls: string[], grid: Pick<Sprite, "columns" | "rows" | "thumbWidth" | "thumbHeight">): Sprite {
  const { columns, rows, thumbWidth, thumbHeight } = grid;
  return { ...grid, urls, width: columns * thumbWidth, height: rows * thumbHeight, pages: null };
}

/** One column of squares of 16 px. */
async function drawPage(colors: number[][]): Promise<string> {
  const sheet = new OffscreenCanvas(16, 32);
  const context = sheet.getContext("2d")!;
  colors.forEach((color, i) => {
    context.fillStyle = `rgb(${color.join()})`;
    context.fillRect(0, i * 16, 16, 16);
  });
  return URL.createObjectURL(await sheet.convertToBlob());
}

describe("thumbnails", () => {
  it("shows each row its own cell of a 3 x 2 sheet of 8 x 4 px cells, last row not filled", async () => {
    const palette = [
      [255, 0, 0],
      [0, 200, 0],
      [0, 0, 255],
      [250, 200, 0],
      [0, 200, 200],
    ];
    const sheet = new OffscreenCanvas(24, 8);
    const context = sheet.getContext("2d")!;
    palette.forEach((color, i) => {
      context.fillStyle = `rgb(${color.join()})`;
      context.fillRect((i % 3) * 8, Math.floor(i / 3) * 4, 8, 4);
    });
    const url = URL.createObjectURL(await sheet.convertToBlob());
    const points = flat([-2, 0], [-1, 0], [0, 0], [1, 0], [2, 0]);
    const sprite = sheets([url], { columns: 3, rows: 2, thumbWidth: 8, thumbHeight: 4 });
    const shown = show({ ...points, sprite, showImages: true });
    await expect.poll(() => pixelAt(shown, 300, 200)).toEqual(palette[2]);
    palette.forEach((color, i) => {
      expect(pixelAt(shown, 300 + ((i - 2) / 2) * (300 / 1.07), 200)).toEqual(color);
    });
  });

  it("finds each row on its page of a sheet in three, and shows points until all pages are there", async () => {
    const colors = [
      [255, 0, 0],
      [0, 200, 0],
      [0, 0, 255],
      [250, 200, 0],
      [0, 200, 200],
    ];
    const urls = await Promise.all([0, 1, 2].map((page) => drawPage(colors.slice(2 * page, 2 * page + 2))));
    const sprite = sheets(urls, { columns: 1, rows: 2, thumbWidth: 16, thumbHeight: 16 });
    const shown = show({ ...flat([-2, 0], [-1, 0], [0, 0], [1, 0], [2, 0]), sprite, showImages: true });
    await expect.poll(() => pixelAt(shown, 300, 200)).toEqual(colors[2]);
    colors.forEach((color, i) => {
      expect(pixelAt(shown, 300 + ((i - 2) / 2) * (300 / 1.07), 200)).toEqual(color);
    });
  });

  describe("of 20,000 points", () => {
    const COUNT = 20_000;
    const GREEN = [0, 200, 0];

    /** One point in the middle, and all others around it. */
    function cloud() {
      const random = new Random(3);
      const column = () => Float32Array.from({ length: COUNT }, (_, row) => (row === 0 ? 0 : 2 * random.uniform() - 1));
      return { positions: { x: column(), y: column(), z: null }, count: COUNT };
    }

    /** All images are green, which no point is. */
    async function showGreen(imagesNear: boolean): Promise<Shown> {
      const sheet = new OffscreenCanvas(800, 800);
      const context = sheet.getContext("2d")!;
      context.fillStyle = `rgb(${GREEN.join()})`;
      context.fillRect(0, 0, 800, 800);
      const url = URL.createObjectURL(await sheet.convertToBlob());
      const sprite = sheets([url], { columns: 200, rows: 100, thumbWidth: 4, thumbHeight: 8 });
      const shown = show({ ...cloud(), sprite, showImages: true, imagesNear });
      await painted(shown, COUNT);
      return shown;
    }

    const hasImages = (shown: Shown) =>
      spots(shown).some(({ color }) => color.every((part, at) => Math.abs(part - GREEN[at]!) < 16));

    it("come once the user has zoomed in, if they wait for room", async () => {
      const shown = await showGreen(true);
      expect(hasImages(shown)).toBe(false);
      shown.picture.camera.zoomBy(50);
      await painted(shown, COUNT);
      expect(hasImages(shown)).toBe(true);
      shown.picture.camera.reset();
      await painted(shown, COUNT);
      expect(hasImages(shown)).toBe(false);
    });

    it("are there at once, if they wait for none", async () => {
      expect(hasImages(await showGreen(false))).toBe(true);
    });
  });

  it("says what is wrong with a sheet that is not an image", async () => {
    const url = URL.createObjectURL(new Blob(["no image"], { type: "text/plain" }));
    const shown = show({
      ...flat([0, 0]),
      sprite: sheets([url], { columns: 1, rows: 1, thumbWidth: 8, thumbHeight: 8 }),
      showImages: true,
    });
    await expect.poll(() => shown.problems.at(-1)?.message).toContain("not an image");
    await painted(shown, 1);
    expect(spots(shown).length).toBeGreaterThan(4);
  });
});
