import { expect, it } from "vitest";
import { drawPointMap } from "../../../src/math/point_map";

const frame = { left: 0, bottom: 0, width: 4, height: 2 };
const draw = (points: readonly (readonly [number, number])[], colors: Uint8Array | null) =>
  drawPointMap(
    { x: Float32Array.from(points, ([x]) => x), y: Float32Array.from(points, ([, y]) => y), z: null },
    points.length,
    colors,
    [10, 20, 30],
    frame,
    4,
    2,
  );
const cell = (pixels: Uint8ClampedArray, column: number, line: number) => [
  ...pixels.subarray(4 * (line * 4 + column), 4 * (line * 4 + column) + 4),
];

it("has its highest values at the top, and nothing where no point lies", () => {
  const pixels = draw(
    [
      [0.5, 1.5],
      [3.5, 0.5],
      [Number.NaN, 1],
      [9, 9],
    ],
    null,
  );
  expect(cell(pixels, 0, 0)).toEqual([10, 20, 30, 255]);
  expect(cell(pixels, 3, 1)).toEqual([10, 20, 30, 255]);
  expect(pixels.filter((_, at) => at % 4 === 3).filter((alpha) => alpha > 0)).toHaveLength(2);
});

it("mixes the colors of a cell, and a crowd is stronger than a lonely point", () => {
  const crowd: [number, number][] = Array.from({ length: 100 }, () => [1.5, 0.5]);
  const colors = new Uint8Array(4 * 101);
  for (let row = 0; row < 101; row++) colors.set(row % 2 === 0 ? [200, 0, 0, 255] : [0, 0, 100, 255], 4 * row);
  const pixels = draw([...crowd, [2.5, 0.5]], colors);
  expect(cell(pixels, 1, 1)).toEqual([100, 0, 50, 255]);
  expect(cell(pixels, 2, 1)[3]).toBeLessThan(150);
  expect(cell(pixels, 2, 1)[3]).toBeGreaterThan(50);
});
