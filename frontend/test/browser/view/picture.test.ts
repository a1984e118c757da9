/** The picture on real WebGL 2: known points in, pixels out. */

import { afterEach, describe, expect, it } from "vitest";
import type { Sprite } from "../../../src/data/sprite";
import { Random } from "../../../src/math/random";
import { EMPHASIS, type PictureProps } from "../../../src/view/picture";
import { colorsOf, disposeShown, flat, GROUND, painted, pixelAt, type Shown, show, spots } from "./shown_picture";

const RED = [200, 30, 30];
const random = new Random(1);
const nextFrame = () => new Promise<number>(requestAnimationFrame);

afterEach(() => disposeShown());

function send(shown: Shown, type: string, x: number, y: number, more: PointerEventInit = {}): void {
  const canvas = shown.host.querySelector("canvas")!;
  canvas.setPointerCapture = () => {};
  canvas.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, bubbles: true, ...more }));
}

describe("a running layout", () => {
  /** Gives the picture new places every frame. */
  async function run(shown: Shown, frames: (number: number) => Partial<PictureProps>, count: number): Promise<void> {
    for (let number = 0; number < count; number++) {
      shown.picture.set({ isLayout: true, ...frames(number) });
      await nextFrame();
    }
  }

  const cloud = (count: number, radius: number): Partial<PictureProps> => {
    const points = () => Float32Array.from({ length: count }, () => radius * (random.uniform() + random.uniform() - 1));
    return { positions: { x: points(), y: points(), z: null }, count };
  };

  // How much of them a frame draws is a test of the painter; how long that takes, a benchmark.
  it.each([10_000, 100_000])("of %i points is whole once no more places come", async (count) => {
    const clouds = Array.from({ length: 4 }, (_, number) => cloud(count, 1 + number));
    const shown = show(clouds[0]!);
    await painted(shown, count);
    await run(shown, (number) => clouds[number % 4]!, 60);
    await painted(shown, count);
  });

  it("grows in the window without leaving it, and shrinks without a jump", async () => {
    const count = 2_000;
    const base = cloud(count, 1).positions!;
    const scaled = (by: number): Partial<PictureProps> => ({
      positions: { x: base.x.map((x) => by * x), y: base.y.map((y) => by * y), z: null },
      count,
    });
    const shown = show(scaled(1));
    await painted(shown, count);
    await run(shown, (number) => scaled(1.2 ** number), 40);
    await painted(shown, count);
    const far = () =>
      Math.max(
        ...Array.from({ length: count }, (_, row) => shown.picture.pointer.locate(row)).map((at) =>
          at === null ? Infinity : Math.abs(at[0] - 300) + Math.abs(at[1] - 200),
        ),
      );
    const whole = far();
    expect(whole).toBeLessThan(500);
    shown.picture.set(scaled(1.2 ** 38));
    expect(far()).toBeLessThan(whole);
    expect(far()).toBeGreaterThan(0.6 * whole);
  });

  it("leaves a camera that the user moved where it is", async () => {
    const shown = show(flat([-1, -1], [1, 1], [0, 0]));
    await painted(shown, 3);
    await run(shown, () => flat([-1, -1], [1, 1], [0, 0]), 3);
    shown.picture.camera.zoomBy(2);
    const before = shown.picture.pointer.locate(2)!;
    shown.picture.set(flat([-3, -3], [9, 9], [0, 0]));
    expect(shown.picture.pointer.locate(2)).toEqual(before);
  });

  it("draws those that have a place where most have none", async () => {
    const shown = show(flat([0, 0], [1, 1]));
    const points = Array.from({ length: 500 }, (_, row): [number, number] =>
      row % 50 === 0 ? [row, row] : [NaN, NaN],
    );
    await run(shown, () => flat(...points), 4);
    await painted(shown, 500);
    expect(spots(shown).length).toBeGreaterThan(20);
  });
});

describe("what is drawn", () => {
  it("shows a far outlier among 100,000 points, and counts all", async () => {
    const count = 100_000;
    const x = Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898));
    const y = Float32Array.from({ length: count }, (_, i) => Math.cos(i * 78.233));
    [x[count - 5], y[count - 5]] = [90, 70];
    const shown = show({ positions: { x, y, z: null }, count });
    await painted(shown, count);
    // It does not squeeze the others: they fill the window, and it is there for whoever zooms out.
    const xs = spots(shown).map((spot) => spot.x);
    expect(Math.max(...xs.slice(0, 1000)) - Math.min(...xs.slice(0, 1000))).toBeGreaterThan(200);
    shown.picture.camera.zoomBy(0.005);
    await painted(shown, count);
    expect(spots(shown).filter((spot) => spot.x > 310 && spot.y < 190).length).toBeGreaterThan(4);
  });

  it("draws nothing for NaN and infinity, and still draws the others", async () => {
    const shown = show(flat([-1, 0], [Number.NaN, 0], [0, Infinity], [1, 0]));
    await painted(shown, 4);
    const columns = new Set(spots(shown).map((spot) => Math.round(spot.x / 100)));
    expect(columns.size).toBe(2);
  });

  it("paints no rows, one row and equal rows", async () => {
    const shown = show(flat());
    await painted(shown, 0);
    expect(spots(shown)).toEqual([]);
    for (const points of [
      [[5, 5]],
      [
        [2, 2],
        [2, 2],
      ],
    ] as [number, number][][]) {
      shown.picture.set(flat(...points));
      await painted(shown, points.length);
      expect(spots(shown).some((spot) => Math.hypot(spot.x - 300, spot.y - 200) < 3)).toBe(true);
    }
  });

  it("takes a point's own color, fades to 15 %, and lifts neighbors and the selection over the faded", async () => {
    const points = flat([-1, 0], [0, 0], [1, 0]);
    const emphasis = Uint8Array.of(EMPHASIS.faded, EMPHASIS.neighbor, EMPHASIS.selected);
    const shown = show({ ...points, colors: colorsOf(3, RED), emphasis, pointSize: 20 });
    await painted(shown, 3);
    const faded = pixelAt(shown, 300 - 300 / 1.07, 200);
    for (const [axis, part] of faded.entries()) {
      expect(Math.abs(part - (GROUND[axis] + (RED[axis] - GROUND[axis]) * 0.15))).toBeLessThan(3);
    }
    expect(pixelAt(shown, 300, 200)).toEqual(RED);
    const ringed = spots(shown).filter((spot) => spot.x > 560 && Math.max(...spot.color) < 60);
    expect(ringed.length).toBeGreaterThan(20);
  });

  it("puts the nearer point in front in 3-D", async () => {
    const positions = { x: Float32Array.of(0, 0), y: Float32Array.of(0, 0), z: Float32Array.of(1, -1) };
    const colors = Uint8Array.of(...RED, 255, 0, 0, 255, 255);
    const shown = show({ positions, count: 2, dimensions: 3, colors, pointSize: 20 });
    shown.picture.camera.setCamera(3, { azimuth: 0, elevation: 0, target: [0, 0, 0], zoom: 1 }, false);
    await painted(shown, 2);
    const [red, , blue] = pixelAt(shown, 300, 200);
    expect(red).toBeGreaterThan(blue + 100);
  });
});

describe("the pointer", () => {
  const count = 10_000;
  const column = () => Float32Array.from({ length: count }, () => random.uniform());

  it("hovers and clicks the point that is there, and a drag is no click", async () => {
    const shown = show(flat([-1, -1], [0, 0], [1, 1]));
    await painted(shown, 3);
    send(shown, "pointermove", 302, 201);
    await expect.poll(() => shown.hovered).toEqual([1]);
    for (const [x, y] of [
      [300, 200],
      [100, 200],
    ]) {
      send(shown, "pointerdown", x, y);
      send(shown, "pointerup", x, y);
    }
    expect(shown.clicked).toEqual([1, null]);
    send(shown, "pointerdown", 300, 200);
    send(shown, "pointermove", 360, 200);
    send(shown, "pointerup", 360, 200);
    expect(shown.clicked.length).toBe(2);
    await painted(shown, 3);
    expect(spots(shown).some((spot) => Math.hypot(spot.x - 360, spot.y - 200) < 3)).toBe(true);
  });

  it("finds among 10,000 the row that was aimed at, or one whose disc lies over it", async () => {
    const shown = show({ positions: { x: column(), y: column(), z: column() }, count, dimensions: 3, pointSize: 4 });
    await painted(shown, count);
    for (let i = 0; i < 60; i++) {
      const row = Math.floor(random.uniform() * count);
      const [x, y] = shown.picture.pointer.locate(row) ?? [0, 0];
      send(shown, "pointerdown", x, y);
      send(shown, "pointerup", x, y);
      const at = shown.picture.pointer.locate(shown.clicked.at(-1) ?? -1) ?? [0, 0];
      expect(Math.hypot(at[0] - x, at[1] - y)).toBeLessThan(6);
    }
  });

  it("looks for a point where the GPU drew it", async () => {
    const positions = { x: column(), y: column(), z: column() };
    let compared = 0;
    for (let row = 0; row < 8; row++) {
      const cut = (column: Float32Array) => column.subarray(row * 3, row * 3 + 3);
      const three = { x: cut(positions.x), y: cut(positions.y), z: cut(positions.z) };
      // One red among two of the ground's color, so that the camera has something to turn around.
      const colors = Uint8Array.of(...RED, 255, ...GROUND, 255, ...GROUND, 255);
      // A picture of its own: one that is shown already would move its points there, and be looked at on the way.
      disposeShown();
      const shown = show({ positions: three, count: 3, dimensions: 3, colors, pointSize: 10 });
      await painted(shown, 3);
      // Fog takes most of the red from a point in the back.
      const found = spots(shown).filter((spot) => spot.color[0] > spot.color[2] + 30);
      const middle = (part: "x" | "y") => found.reduce((sum, spot) => sum + spot[part] + 0.5, 0) / found.length;
      const [at, ...others] = [0, 1, 2].map((row) => shown.picture.pointer.locate(row) ?? [0, 0]);
      const distance = ([x, y]: number[]) => Math.hypot((at?.[0] ?? 0) - (x ?? 0), (at?.[1] ?? 0) - (y ?? 0));
      // A disc of the ground's color over the red one would move the middle of what is left of it.
      if (others.some((other) => distance(other) < 16)) continue;
      expect(distance([middle("x"), middle("y")])).toBeLessThan(2);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe("what is under the pointer", () => {
  it("is forgotten while the scene moves, and looked up again at rest", async () => {
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]), pointSize: 20 });
    await painted(shown, 3);
    const canvas = shown.host.querySelector("canvas")!;
    canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: 300, clientY: 200, bubbles: true }));
    await expect.poll(() => shown.hovered).toEqual([1]);
    shown.picture.camera.zoomBy(1.2);
    expect(shown.hovered).toEqual([1, null]);
    await expect.poll(() => shown.hovered).toEqual([1, null, 1]);
  });
});

describe("a window that changes its size", () => {
  it("leaves the canvas, which a new size empties, as it is until the frame that draws it", async () => {
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]) });
    await painted(shown, 3);
    const canvas = shown.host.querySelector("canvas")!;
    shown.host.style.width = "500px";
    // This observer is younger than the picture's own, so that has been told.
    await new Promise<void>((resolve) => {
      const observer = new ResizeObserver(() => resolve(observer.disconnect()));
      observer.observe(shown.host);
    });
    expect([canvas.clientWidth, canvas.width]).toEqual([500, 600]);
    await expect.poll(() => canvas.width).toBe(500);
    await painted(shown, 3);
    expect(pixelAt(shown, 5, 5)).toEqual(GROUND);
  });
});

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

  it("says what is wrong with a sheet that is no image", async () => {
    const url = URL.createObjectURL(new Blob(["no image"], { type: "text/plain" }));
    const shown = show({
      ...flat([0, 0]),
      sprite: sheets([url], { columns: 1, rows: 1, thumbWidth: 8, thumbHeight: 8 }),
      showImages: true,
    });
    await expect.poll(() => shown.problems.at(-1)?.message).toContain("no image");
    await painted(shown, 1);
    expect(spots(shown).length).toBeGreaterThan(4);
  });
});

describe("what can happen to a canvas", () => {
  it("comes back after the graphics context was lost", async () => {
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]), colors: colorsOf(3, RED), pointSize: 20 });
    await painted(shown, 3);
    const lose = shown.host.querySelector("canvas")!.getContext("webgl2")!.getExtension("WEBGL_lose_context")!;
    lose.loseContext();
    await expect.poll(() => shown.problems.length).toBe(1);
    expect(shown.problems[0]?.message).toContain("context was lost");
    expect(shown.host.dataset.painted).toBeUndefined();
    lose.restoreContext();
    await expect.poll(() => shown.problems.at(-1)).toBeNull();
    await painted(shown, 3);
    expect(pixelAt(shown, 300, 200)[0]).toBeGreaterThan(pixelAt(shown, 300, 200)[2] + 80);
  });

  it("waits while it has no height, and draws once it has", async () => {
    const shown = show(flat([-1, 0], [1, 0]), 600, 0);
    for (let turn = 0; turn < 3; turn++) await nextFrame(); // The picture draws in the first, and tells in the second.
    expect(shown.host.dataset.painted).toBeUndefined();
    shown.host.style.height = "400px";
    await painted(shown, 2);
    expect(spots(shown).length).toBeGreaterThan(10);
  });

  it("draws all points where there is no WebGL 2, and says so", async () => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: unknown) {
      return kind === "webgl2" ? null : getContext.call(this, kind as "2d", options);
    } as typeof getContext;
    const emphasis = Uint8Array.of(EMPHASIS.faded, EMPHASIS.plain, EMPHASIS.selected);
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]), colors: colorsOf(3, RED), emphasis });
    HTMLCanvasElement.prototype.getContext = getContext;
    await painted(shown, 3);
    expect(shown.problems.at(-1)?.message).toContain("no WebGL 2");
    expect(pixelAt(shown, 300, 200)).toEqual([210, 74, 75]); // Four fifths of the point's own.
    expect(new Set(spots(shown).map((spot) => Math.round(spot.x / 100))).size).toBe(3);
  });

  it("leaves nothing behind", async () => {
    const shown = show(flat([0, 0]));
    await painted(shown, 1);
    shown.picture.dispose();
    expect(shown.host.children.length).toBe(0);
    expect(shown.host.dataset.painted).toBeUndefined();
  });
});

it("paints a million points, all of them", async () => {
  const count = 1_000_000;
  const x = Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898) * (i % 977));
  const y = Float32Array.from({ length: count }, (_, i) => Math.cos(i * 78.233) * (i % 977));
  const z = new Float32Array(count);
  // Each of the last rows stands alone in its corner: the picture is whole when all can be seen.
  [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ].forEach(([sx, sy], i) => {
    [x[count - 1 - i], y[count - 1 - i]] = [sx * 3_000, sy * 2_000];
  });
  const shown = show({ positions: { x, y, z }, count, dimensions: 2 });
  await painted(shown, count);
  const corners = spots(shown).filter((spot) => Math.abs(spot.x - 300) > 200 && Math.abs(spot.y - 200) > 150);
  expect(new Set(corners.map((spot) => `${spot.x > 300} ${spot.y > 200}`)).size).toBe(4);
});
