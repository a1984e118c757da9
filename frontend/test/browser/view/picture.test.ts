/** The picture on real WebGL 2: known points in, pixels out. */

import { afterEach, describe, expect, it } from "vitest";
import { EMPHASIS } from "../../../src/view/picture";
import { colorsOf, disposeShown, flat, GROUND, painted, pixelAt, show, spots } from "./shown_picture";

const RED = [200, 30, 30];
const nextFrame = () => new Promise<number>(requestAnimationFrame);

afterEach(() => disposeShown());

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

describe("a window that changes its size", () => {
  it("leaves the canvas, which a new size empties, as it is until the frame that draws it", async () => {
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]) });
    await painted(shown, 3);
    const canvas = shown.host.querySelector("canvas")!;
    shown.host.style.width = "500px";
    // This observer is younger than the picture's own, so that has been notified.
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
    for (let turn = 0; turn < 3; turn++) await nextFrame(); // It draws in the first, and reports in the second.
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

  it("draws all points where the driver does not compile a shader, and says so; the pointer works on", async () => {
    const { shaderSource } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.shaderSource = function (shader) {
      shaderSource.call(this, shader, "#version 300 es\nvoid main() { unknown(); }");
    };
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]), colors: colorsOf(3, RED), pointSize: 20 });
    await painted(shown, 3);
    WebGL2RenderingContext.prototype.shaderSource = shaderSource;
    expect(shown.problems.at(-1)?.message).toMatch(/does not run this page's shaders.*unknown/);
    expect(shown.problems.at(-1)?.message).not.toContain("\n");
    expect(new Set(spots(shown).map((spot) => Math.round(spot.x / 100))).size).toBe(3);
    for (const type of ["pointerdown", "pointerup"]) {
      const at = { clientX: 300, clientY: 200, pointerId: 1, button: 0, bubbles: true };
      shown.host.querySelector("canvas")!.dispatchEvent(new PointerEvent(type, at));
    }
    await expect.poll(() => shown.clicked).toEqual([1]);
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
