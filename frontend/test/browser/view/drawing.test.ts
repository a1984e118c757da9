/** How the picture is drawn: sizes, opacity, lines, density; with WebGL 2 and without. */
import { afterEach, describe, expect, it } from "vitest";
import { EMPHASIS, type PictureProps } from "../../../src/view/picture";
import { colorsOf, disposeShown, flat, GROUND, painted, pixelAt, type Shown, show, spots } from "./shown_picture";

const RED = [200, 30, 30];
const { getContext } = HTMLCanvasElement.prototype;

afterEach(() => {
  HTMLCanvasElement.prototype.getContext = getContext;
  disposeShown();
});

function forbidWebGl(): void {
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: unknown) {
    return kind === "webgl2" ? null : getContext.call(this, kind as "2d", options);
  } as typeof getContext;
}

const isGround = (color: number[]) => color.every((part, axis) => Math.abs(part - GROUND[axis]!) < 9);
const distance = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((part, at) => Math.abs(part - b[at]!)));

/** A pixel midway between where two rows are seen. */
function between(shown: Shown, a: number, b: number): number[] {
  const [from, to] = [shown.picture.pointer.locate(a)!, shown.picture.pointer.locate(b)!];
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  // A line of one pixel may run through the one beside.
  const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => pixelAt(shown, x + dx, y + dy)));
  return near.sort((one, other) => distance(other, GROUND) - distance(one, GROUND))[0]!;
}

const TRIANGLE = flat([-1, -1], [1, -1], [0, 1]);

describe.each(["WebGL 2", "a plain canvas"])("drawn with %s", (kind) => {
  const open = async (props: Partial<PictureProps>): Promise<Shown> => {
    if (kind === "a plain canvas") forbidWebGl();
    const shown = show({ theme: "light", ...props });
    await painted(shown, props.count!);
    return shown;
  };

  it("has points as large as asked for", async () => {
    const shown = await open({ ...flat([0, 0]), pointSize: 6 });
    const small = spots(shown).length;
    shown.picture.set({ pointSize: 24 });
    await painted(shown, 1);
    expect(spots(shown).length).toBeGreaterThan(small * 10);
  });

  it("mixes points with what is behind them as far as they let it through", async () => {
    const shown = await open({ ...flat([0, 0]), pointSize: 20, colors: colorsOf(1, RED), opacity: 1 });
    expect(distance(pixelAt(shown, 300, 200), RED)).toBeLessThan(4);
    shown.picture.set({ opacity: 0.25 });
    await painted(shown, 1);
    const half = RED.map((part, at) => part * 0.25 + GROUND[at]! * 0.75);
    expect(distance(pixelAt(shown, 300, 200), half)).toBeLessThan(6);
  });

  it.each([
    ["light", [252, 252, 253]],
    ["dark", [15, 18, 22]],
  ] as const)("lets many points through, of which a lone one is still seen on a %s ground", async (theme, ground) => {
    const crowd: [number, number][] = Array.from({ length: 20_000 }, () => [-1, 0]);
    const count = crowd.length + 1;
    const colors = colorsOf(count, RED);
    const shown = await open({ ...flat(...crowd, [1, 0]), theme, colors, pointSize: 20, showAxes: false });
    const [many, lone] = [0, count - 1].map((row) => pixelAt(shown, ...shown.picture.pointer.locate(row)!));
    expect(distance(many!, RED)).toBeLessThan(6);
    const alpha = 0.575; // Midway from 0.8 to 0.35.
    expect(
      distance(
        lone!,
        RED.map((part, at) => part * alpha + ground[at]! * (1 - alpha)),
      ),
    ).toBeLessThan(6);
    expect(distance(lone!, ground)).toBeGreaterThan(60);
    expect([...shown.picture.writeSvg("")].join("")).toContain(`fill-opacity="${alpha}"`);
    const emphasis = new Uint8Array(count);
    emphasis[count - 1] = EMPHASIS.neighbor;
    shown.picture.set({ emphasis });
    await painted(shown, count);
    expect(distance(pixelAt(shown, ...shown.picture.pointer.locate(count - 1)!), RED)).toBeLessThan(6);
  });

  it("has lines from point to point, and none where they are off", async () => {
    const shown = await open({ ...TRIANGLE, lines: Uint32Array.of(0, 1, 1, 2) });
    expect(isGround(between(shown, 0, 1))).toBe(false);
    expect(isGround(between(shown, 1, 2))).toBe(false);
    expect(isGround(between(shown, 0, 2))).toBe(true);
    shown.picture.set({ lines: null });
    await painted(shown, 3);
    expect(isGround(between(shown, 0, 1))).toBe(true);
  });

  it("has lines in the colors of their points, faded where these are", async () => {
    const shown = await open({ ...TRIANGLE, colors: colorsOf(3, RED), lines: Uint32Array.of(0, 1, 1, 2) });
    const plain = between(shown, 0, 1);
    expect(plain[0]! - plain[1]!).toBeGreaterThan(60);
    shown.picture.set({ emphasis: new Uint8Array(3).fill(EMPHASIS.faded) });
    await painted(shown, 3);
    const faded = between(shown, 0, 1);
    expect(faded[0]! - faded[1]!).toBeLessThan(40);
  });

  it("draws no line to a row that is no place", async () => {
    const shown = await open({ ...flat([-1, -1], [1, -1], [Number.NaN, 0]), lines: Uint32Array.of(0, 2, 2, 1) });
    const ends = [0, 1].map((row) => shown.picture.pointer.locate(row)!);
    const away = spots(shown).filter(({ x, y }) => ends.every((end) => Math.hypot(x - end[0], y - end[1]) > 8));
    expect(away).toEqual([]);
  });

  it("has lines in 3-D too", async () => {
    const shown = await open({ ...TRIANGLE, dimensions: 3, lines: Uint32Array.of(0, 1, 1, 2, 2, 0) });
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      expect(isGround(between(shown, a, b))).toBe(false);
    }
  });

  it("shows a density: the fuller place in the farther color, what is selected in front", async () => {
    const points: [number, number][] = Array.from({ length: 400 }, () => [-1, 0]);
    const shown = await open({ ...flat(...points, [1, 0]), density: true, pointSize: 12 });
    const [full, single] = [shown.picture.pointer.locate(0)!, shown.picture.pointer.locate(400)!];
    const [many, few] = [pixelAt(shown, ...full), pixelAt(shown, ...single)];
    expect(isGround(few)).toBe(false);
    // On a light ground many are dark.
    expect(few[0]! + few[1]! + few[2]!).toBeGreaterThan(many[0]! + many[1]! + many[2]! + 150);
    const emphasis = new Uint8Array(401).fill(EMPHASIS.faded);
    emphasis[400] = EMPHASIS.selected;
    shown.picture.set({ emphasis, colors: colorsOf(401, RED) });
    await painted(shown, 401);
    expect(distance(pixelAt(shown, ...single), RED)).toBeLessThan(10);
    expect(distance(pixelAt(shown, ...full), many)).toBeGreaterThan(40);
  });

  it("shows many points' density and many lines progressively, and whole at rest", async () => {
    const count = 40_000;
    const x = Float32Array.from({ length: count }, (_, row) => Math.cos(row) * (row / count));
    const y = Float32Array.from({ length: count }, (_, row) => Math.sin(row) * (row / count));
    const pairs = Uint32Array.from({ length: 2 * count }, (_, at) => (at >> 1) % count);
    const shown = await open({ positions: { x, y, z: null }, count, density: true, lines: pairs });
    expect(spots(shown).length).toBeGreaterThan(20_000);
  });
});

describe("points as their labels", () => {
  const named = (texts: readonly string[], isAll = true): Partial<PictureProps> => ({
    labelPoints: { rows: Int32Array.from(texts, (_, row) => row), isAll, text: (row) => texts[row]! },
    showAxes: false,
  });
  const inkNear = (shown: Shown, row: number) => {
    const [x, y] = shown.picture.pointer.locate(row)!;
    return spots(shown).filter((spot) => Math.abs(spot.x - x) < 40 && Math.abs(spot.y - y) < 12);
  };

  it("are texts in their colors instead of discs; letters with colors of their own keep them", async () => {
    const shown = show({
      ...flat([-1, 0], [0, 1], [1, 0]),
      colors: colorsOf(3, RED),
      ...named(["WWWW", "北京", "😀"]),
    });
    await expect.poll(() => inkNear(shown, 0).some(({ x }) => x < shown.picture.pointer.locate(0)![0] - 15)).toBe(true);
    await painted(shown, 3);
    for (const row of [0, 1]) {
      const ink = inkNear(shown, row);
      expect(ink.length).toBeGreaterThan(40);
      expect(ink.every(({ color }) => color[0]! >= color[1]!)).toBe(true);
      expect(ink.some(({ color }) => distance(color, RED) < 60)).toBe(true);
    }
    expect(inkNear(shown, 2).some(({ color }) => color[0]! > 200 && color[1]! > 150 && color[2]! < 120)).toBe(true);
  });

  it("stand out where they are selected, and fade with the others", async () => {
    const shown = show({ ...flat([-1, 0], [1, 0]), colors: colorsOf(2, RED), ...named(["HHHH", "HHHH"]) });
    shown.picture.set({ emphasis: Uint8Array.of(EMPHASIS.selected, EMPHASIS.faded) });
    const strength = (row: number) => Math.max(0, ...inkNear(shown, row).map(({ color }) => distance(color, GROUND)));
    await expect.poll(() => strength(0) > 180 && strength(1) < 60 && strength(1) > 8).toBe(true);
  });

  it("are drawn beside their points where these are too many", async () => {
    const shown = show({ ...flat([-1, 0], [1, 0]), colors: colorsOf(2, RED), ...named(["WWWW"], false) });
    const right = () => inkNear(shown, 0).filter(({ x }) => x > shown.picture.pointer.locate(0)![0] + 12).length;
    await expect.poll(right).toBeGreaterThan(20);
    expect(inkNear(shown, 1).length).toBeGreaterThan(10);
  });

  it("are thousands that turn with the scene at more than a few frames a second", async () => {
    const count = 5_000;
    const column = (by: number) => Float32Array.from({ length: count }, (_, row) => Math.sin(row * by));
    const texts = Array.from({ length: count }, (_, row) => `label ${row}`);
    const positions = { x: column(1), y: column(1.7), z: column(2.3) };
    const shown = show({ positions, count, dimensions: 3, ...named(texts) });
    await painted(shown, count);
    const ground = () => spots(shown).length;
    await expect.poll(ground).toBeGreaterThan(30_000);
    const before = shown.picture.readPixels()!.data;
    shown.picture.camera.orbitBy(200, 0);
    await painted(shown, count);
    const after = shown.picture.readPixels()!.data;
    expect(after.some((part, at) => part !== before[at])).toBe(true);
  });
});
