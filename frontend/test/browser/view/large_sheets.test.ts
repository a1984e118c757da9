/** Sheets of images that are larger than any texture of the GPU: shown in pieces or scaled down, without a GL error. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Sprite } from "../../../src/data/sprite";
import { disposeShown, flat, pixelAt, type Shown, show } from "./shown_picture";

/** Maximum side of a texture, as the driver reports it: a sheet of ten cells is larger, one of two is not. */
const MAX_PX = 32;
const CELL_PX = 16;
const CELLS = 10;
const ROWS = [0, 4, 9] as const;

const { getParameter, texStorage3D } = WebGL2RenderingContext.prototype;
/** Sides of the textures that were made for sheets. */
let sides: number[];

beforeEach(() => {
  sides = [];
  vi.spyOn(WebGL2RenderingContext.prototype, "getParameter").mockImplementation(function (
    this: WebGL2RenderingContext,
    name,
  ) {
    return name === this.MAX_TEXTURE_SIZE ? MAX_PX : getParameter.call(this, name);
  });
  vi.spyOn(WebGL2RenderingContext.prototype, "texStorage3D").mockImplementation(function (
    this: WebGL2RenderingContext,
    ...args
  ) {
    sides.push(args[3], args[4]);
    texStorage3D.apply(this, args);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  disposeShown();
});

const colorOf = (row: number) => [25 * row, 200 - 20 * row, 120];

/** One column of cells, each row in its own color. */
async function drawSheet(first: number, count: number): Promise<string> {
  const sheet = new OffscreenCanvas(CELL_PX, count * CELL_PX);
  const context = sheet.getContext("2d")!;
  for (let cell = 0; cell < count; cell++) {
    context.fillStyle = `rgb(${colorOf(first + cell).join()})`;
    context.fillRect(0, cell * CELL_PX, CELL_PX, CELL_PX);
  }
  return URL.createObjectURL(await sheet.convertToBlob());
}

function spriteOf(urls: string[], rows: number, pages: Sprite | null): Sprite {
  const cell = { thumbWidth: CELL_PX, thumbHeight: CELL_PX, columns: 1, rows };
  return { ...cell, urls, width: CELL_PX, height: rows * CELL_PX, pages };
}

function showRows(sprite: Sprite): Shown {
  const points = Array.from({ length: CELLS }, (_, row): [number, number] => [row - (CELLS - 1) / 2, 0]);
  return show({ ...flat(...points), sprite, showImages: true });
}

async function expectImages(shown: Shown): Promise<void> {
  const seen = () => ROWS.map((row) => pixelAt(shown, ...shown.picture.pointer.locate(row)!));
  await expect.poll(seen).toEqual(ROWS.map(colorOf));
  const gl = shown.host.querySelector("canvas")!.getContext("webgl2")!;
  expect([gl.getError(), gl.isContextLost()]).toEqual([gl.NO_ERROR, false]);
  expect(Math.max(...sides)).toBeLessThanOrEqual(MAX_PX);
}

it("in pieces, where the server has them: each row has its own image, sharp, and there is no note", async () => {
  const pages = spriteOf(await Promise.all([0, 2, 4, 6, 8].map((first) => drawSheet(first, 2))), 2, null);
  const shown = showRows(spriteOf([await drawSheet(0, CELLS)], CELLS, pages));
  await expectImages(shown);
  expect(shown.problems.filter((problem) => problem !== null)).toEqual([]);
});

it("scaled down otherwise, with a note on the sizes and what to do", async () => {
  const shown = showRows(spriteOf([await drawSheet(0, CELLS)], CELLS, null));
  const problem = () => shown.problems.at(-1);
  await expect.poll(() => problem()?.message).toContain("16 × 160 px; this graphics driver holds 32 px");
  expect(problem()?.message).toContain("at 20 % of their size");
  expect(problem()?.fix).toContain("smaller thumbnails");
  const gl = shown.host.querySelector("canvas")!.getContext("webgl2")!;
  await expect.poll(() => shown.host.dataset.painted).toBe(String(CELLS));
  expect([gl.getError(), Math.max(...sides)]).toEqual([gl.NO_ERROR, MAX_PX]);
});

it("narrower than a pixel after scaling, as of a column a thousand cells high, it is still an image", async () => {
  const cells = 1_000;
  const shown = showRows(spriteOf([await drawSheet(0, cells)], cells, null));
  await expect.poll(() => shown.problems.at(-1)?.message).toContain("at less than 1 % of their size");
  await expect.poll(() => shown.host.dataset.painted).toBe(String(CELLS));
  const gl = shown.host.querySelector("canvas")!.getContext("webgl2")!;
  expect([gl.getError(), Math.max(...sides)]).toEqual([gl.NO_ERROR, MAX_PX]);
});
