/** Pictures of both renderers, pixel by pixel, in a scene whose pixels are known. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMPHASIS, PASS, type Renderer } from "../../../src/gl/scene";
import { draw, GROUND, KINDS, open, RING, SIDE, setPoints, VIEW } from "./scene";

const BLACK = [0, 0, 0];
const RED = [255, 0, 0];
let renderer: Renderer;

const near = (found: number[], wanted: number[]) =>
  expect(Math.max(...found.map((part, at) => Math.abs(part - wanted[at]!)))).toBeLessThan(4);

describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])("%s", (kind) => {
  beforeEach(() => {
    renderer = open(kind);
  });
  afterEach(() => renderer.dispose());

  it("draws a point where it is, in its size", () => {
    setPoints(renderer, [20, 44]);
    const at = draw(renderer);
    const black = Array.from({ length: SIDE * SIDE }, (_, i) => [i % SIDE, Math.floor(i / SIDE)] as const).filter(
      ([x, y]) => at(x, y)[0]! < 128,
    );
    const middle = [0, 1].map((axis) => black.reduce((sum, one) => sum + one[axis]! + 0.5, 0) / black.length);
    expect(Math.hypot(middle[0]! - 20, middle[1]! - 44)).toBeLessThan(0.8);
    const size = VIEW.pointSizePx;
    const area = kind === "WebGL 2" ? Math.PI * (size / 2) ** 2 : size ** 2;
    expect(Math.abs(black.length / area - 1)).toBeLessThan(0.15);
  });

  it("draws colors, and sizes as multiples", () => {
    setPoints(renderer, [16, 16], [48, 48]);
    renderer.setColors(Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255));
    renderer.setSizes(Float32Array.of(1, 2));
    const at = draw(renderer);
    near(at(16, 16), RED);
    near(at(48, 48), [0, 255, 0]);
    near(at(16 + 7, 16), GROUND);
    near(at(48 + 7, 48), [0, 255, 0]);
  });

  it("fades points toward the ground", () => {
    setPoints(renderer, [16, 16], [48, 48]);
    renderer.setEmphasis(Uint8Array.of(EMPHASIS.plain, EMPHASIS.faded));
    const at = draw(renderer, {}, [PASS.faded, PASS.plain]);
    near(at(16, 16), BLACK);
    near(at(48, 48), [217, 217, 217]); // 15 % of black.
  });

  it("lays raised points over the others, with a ring around the selected one", () => {
    setPoints(renderer, [20, 32], [44, 32], [44, 32]);
    renderer.setColors(Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 255));
    const rows = Uint32Array.of(0, 1);
    renderer.setRaised({ rows, emphasis: Uint8Array.of(EMPHASIS.neighbor, EMPHASIS.selected) });
    const at = draw(renderer);
    near(at(20, 32), RED);
    near(at(44, 32), RED); // The third point, drawn later, lies below.
    const rim = Array.from({ length: 14 }, (_, offset) => at(44 + offset, 32));
    expect(rim.some(([r, g, b]) => b! > 200 && r! < 90 && g! < 90)).toBe(true);
    const thin = Array.from({ length: 14 }, (_, x) => at(20 + x, 32)).filter(([r, , b]) => b! > 100 && r! < 160);
    expect(thin.length).toBeGreaterThan(0); // The neighbor's ring is half as wide.
    expect(thin.length).toBeLessThan(rim.filter(([r, , b]) => b! > 100 && r! < 160).length);
    expect(RING).toEqual([0, 0, 255]);
  });

  it("draws lines between points, and none to a point without a position", () => {
    setPoints(renderer, [8, 10], [56, 10], [8, 50], [Number.NaN, 50]);
    renderer.setLines(Uint32Array.of(0, 1, 2, 3));
    const at = draw(renderer, { pointSizePx: 1 });
    const column = (x: number, y: number) => Math.min(...[-1, 0, 1].map((dy) => at(x, y + dy)[0]!));
    expect([20, 32, 44].map((x) => column(x, 10) < 128)).toEqual([true, true, true]);
    expect([20, 32, 44].map((x) => column(x, 50))).toEqual([255, 255, 255]);
  });

  it("shows more points at a place as a later color of the density", () => {
    setPoints(renderer, [16, 32], [48, 32], [48, 32], [48, 32]);
    const at = draw(renderer, { densityPeak: 7 });
    const wanted = (points: number) => 255 * (1 - Math.log1p(points) / Math.log1p(7));
    near(at(16, 32), Array(3).fill(wanted(1)).map(stepped(kind)));
    near(at(48, 32), Array(3).fill(wanted(3)).map(stepped(kind)));
    near(at(32, 8), GROUND);
  });

  it("draws chunk by chunk, each point once", () => {
    const [rows, columns] = [128, 256]; // More than one chunk.
    const pixels = Array.from({ length: rows * columns }, (_, i) => [i % 32, 32 + (i % 7)] as const);
    setPoints(renderer, ...pixels);
    expect(renderer.chunks).toBeGreaterThan(1);
    const seen: number[] = [];
    for (const chunks of [1, Math.ceil(renderer.chunks / 2), renderer.chunks]) {
      renderer.begin({ ...VIEW, pointSizePx: 3 });
      renderer.draw(0, 0, chunks);
      renderer.reveal();
      renderer.present({ ...VIEW, pointSizePx: 3 });
      const { data } = renderer.readPixels();
      seen.push(data.filter((value, at) => at % 4 === 0 && value < 128).length);
    }
    expect(seen[0]).toBeGreaterThan(0);
    expect(seen[1]! <= seen[2]!).toBe(true);
    expect(draw(renderer, { pointSizePx: 3 })(16, 35)[0]).toBeLessThan(128);
  });
});

/** The canvas draws the density in steps of the ramp, WebGL between them. */
const stepped = (kind: keyof typeof KINDS) => (value: number) =>
  kind === "WebGL 2" ? value : 255 * (1 - Math.round((1 - value / 255) * 15) / 15);
