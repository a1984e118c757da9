/** Pictures that WebGL alone draws: thumbnails, texts, points on their way; and that nothing of it is left behind. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PASS, type Renderer } from "../../../src/gl/scene";
import { draw, GROUND, open, setPoints } from "./scene";

let renderer: Renderer;

beforeEach(() => {
  renderer = open("WebGL 2");
});
afterEach(() => renderer.dispose());

const near = (found: number[], wanted: number[]) =>
  expect(Math.max(...found.map((part, at) => Math.abs(part - wanted[at]!)))).toBeLessThan(6);

/** A sheet of one color for each cell, row by row. */
async function sheetOf(colors: readonly string[], columns: number): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(16 * columns, 16 * Math.ceil(colors.length / columns));
  const context = canvas.getContext("2d")!;
  colors.forEach((color, at) => {
    context.fillStyle = color;
    context.fillRect(16 * (at % columns), 16 * Math.floor(at / columns), 16, 16);
  });
  return createImageBitmap(canvas);
}

describe.each(["points", "instances"])("thumbnails that are %s of WebGL", (kind) => {
  const COLORS = ["#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff", "#ff00ff"];
  const RGB = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 0],
    [0, 255, 255],
    [255, 0, 255],
  ];
  const PLACES = [12, 32, 52].flatMap((x) => [16, 48].map((y) => [x, y] as const));
  const sheet = (pages: number) => ({
    ...{ pages, width: 32, height: 32, imageWidth: 32, imageHeight: 32 },
    grid: { columns: 2, rows: 2, thumbWidth: 16, thumbHeight: 16 },
  });

  beforeEach(() => {
    if (kind === "points") return;
    limitPoints();
    renderer.dispose();
    renderer = open("WebGL 2");
  });
  afterEach(() => vi.restoreAllMocks());

  /** As on a GPU whose points are never larger than a pixel. */
  function limitPoints(): void {
    const { getParameter } = WebGL2RenderingContext.prototype;
    vi.spyOn(WebGL2RenderingContext.prototype, "getParameter").mockImplementation(function (
      this: WebGL2RenderingContext,
      name,
    ) {
      return name === this.ALIASED_POINT_SIZE_RANGE ? Float32Array.of(1, 1) : getParameter.call(this, name);
    });
  }

  it("show each row its own cell, over pages", async () => {
    setPoints(renderer, ...PLACES);
    renderer.setSprite(sheet(2));
    renderer.setShowImages(true);
    renderer.setSpritePage(0, await sheetOf(COLORS.slice(0, 4), 2));
    near(draw(renderer)(...PLACES[0]!), [0, 0, 0]); // A point, until the last page is there.
    renderer.setSpritePage(1, await sheetOf([...COLORS.slice(4), "#000000", "#000000"], 2));
    const at = draw(renderer);
    PLACES.forEach(([x, y], row) => {
      near(at(x, y), RGB[row]!);
    });
    near(at(12 + 7, 16), RGB[0]!);
    near(at(12 + 9, 16), GROUND);
  });

  it("are seen at the edges, although their middle lies outside", async () => {
    setPoints(renderer, [-5, 32], [32, 68], [69, -5]);
    renderer.setSprite(sheet(1));
    renderer.setSpritePage(0, await sheetOf(COLORS.slice(0, 4), 2));
    renderer.setShowImages(true);
    const at = draw(renderer);
    near(at(1, 32), RGB[0]!);
    near(at(32, 62), RGB[1]!);
    near(at(62, 1), RGB[2]!);
    near(at(4, 32), GROUND);
  });

  it("are upright", async () => {
    const canvas = new OffscreenCanvas(16, 16);
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#0000ff";
    context.fillRect(0, 0, 16, 16);
    context.fillStyle = "#ff0000";
    context.fillRect(0, 0, 8, 8);
    setPoints(renderer, [32, 32]);
    const grid = { columns: 1, rows: 1, thumbWidth: 16, thumbHeight: 16 };
    renderer.setSprite({ pages: 1, width: 16, height: 16, imageWidth: 16, imageHeight: 16, grid });
    renderer.setSpritePage(0, await createImageBitmap(canvas));
    renderer.setShowImages(true);
    const at = draw(renderer);
    near(at(28, 28), [255, 0, 0]);
    near(at(36, 28), [0, 0, 255]);
    near(at(28, 36), [0, 0, 255]);
  });

  it("take the point's color as their edge", async () => {
    setPoints(renderer, [32, 32]);
    renderer.setColors(Uint8Array.of(0, 255, 0, 255));
    const grid = { columns: 1, rows: 1, thumbWidth: 16, thumbHeight: 16 };
    renderer.setSprite({ pages: 1, width: 16, height: 16, imageWidth: 16, imageHeight: 16, grid });
    renderer.setSpritePage(0, await sheetOf(["#ff0000"], 1));
    renderer.setShowImages(true);
    const at = draw(renderer);
    near(at(32, 32), [255, 0, 0]);
    near(at(24, 32), [0, 255, 0]);
  });
});

describe("texts", () => {
  /** One white block of 12 x 6 px with no halo. */
  function whiteSheet(): OffscreenCanvas {
    const image = new OffscreenCanvas(16, 16);
    const context = image.getContext("2d")!;
    context.fillStyle = "#ffffff";
    context.fillRect(2, 2, 12, 6);
    return image;
  }
  const sheet = (isAll: boolean) => ({
    pixelRatio: 1,
    ...{ image: whiteSheet(), isAll },
    rects: Uint16Array.of(2, 2, 12, 6),
    rows: Uint32Array.of(0),
  });

  it("take the point's color, in its place", () => {
    setPoints(renderer, [32, 32]);
    renderer.setColors(Uint8Array.of(255, 0, 0, 255));
    renderer.setLabels(sheet(true));
    const at = draw(renderer, {}, [PASS.plain]);
    near(at(32, 32), [255, 0, 0]);
    near(at(32 + 5, 32), [255, 0, 0]);
    near(at(32 + 8, 32), GROUND);
    near(at(32, 32 - 5), GROUND);
  });

  it("stand beside their points otherwise", () => {
    setPoints(renderer, [20, 32]);
    renderer.setColors(Uint8Array.of(255, 0, 0, 255));
    renderer.setLabels(sheet(false));
    const at = draw(renderer);
    near(at(20, 32), [255, 0, 0]); // The point itself.
    near(at(20 + 7, 36), GROUND);
    near(at(20 + 12, 32), [255, 0, 0]); // 4.5 px of the point, 3 px of gap, then the text.
  });
});

describe("points on their way", () => {
  it("are between where they were and where they will be", () => {
    setPoints(renderer, [12, 32]);
    renderer.setPositions({ x: Float32Array.of((2 * 52) / 64 - 1), y: Float32Array.of(0), z: null }, 1, "replace");
    const at = draw(renderer, { mix: 0.5 });
    near(at(32, 32), [0, 0, 0]);
    near(at(12, 32), GROUND);
    near(at(52, 32), GROUND);
    renderer.dropOldPositions();
    near(draw(renderer, { mix: 1 })(52, 32), [0, 0, 0]);
  });

  it("are raised where they are", () => {
    setPoints(renderer, [12, 32]);
    renderer.setHovered(0);
    renderer.setPositions({ x: Float32Array.of((2 * 52) / 64 - 1), y: Float32Array.of(0), z: null }, 1, "replace");
    const at = draw(renderer, { mix: 0.5 });
    expect([24, 39].map((x) => at(x, 32)[2]! > 200 && at(x, 32)[0]! < 90).some(Boolean)).toBe(true); // Its ring.
  });
});

it("is shown again as it was, with other points raised", () => {
  setPoints(renderer, [12, 32], [52, 32]);
  const before = draw(renderer)(12, 32);
  renderer.setHovered(1);
  const { data } = renderer.readPixels();
  expect([...data.subarray(4 * (32 * 64 + 12), 4 * (32 * 64 + 12) + 3)]).toEqual(before);
});
