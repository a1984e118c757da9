import { expect, it } from "vitest";
import { computeBounds } from "../../../src/math/bounds";
import { computeClip, computePose, HOME_2D } from "../../../src/math/camera";
import { ScreenProjection } from "../../../src/math/screen_projection";
import { nearestTo, nextInDirection } from "../../../src/math/walking";

/** Five columns, three lines; the last row is not a place. */
const columns = {
  x: Float32Array.from({ length: 16 }, (_, row) => (row < 15 ? row % 5 : Number.NaN)),
  y: Float32Array.from({ length: 16 }, (_, row) => -Math.floor(row / 5)),
  z: null,
};
const pose = computePose(HOME_2D, 1, computeBounds(columns, 16), 1.5);
const projector = new ScreenProjection(columns, computeClip(pose, 1.5), 600, 400);
const walk = (row: number, x: number, y: number) => nextInDirection(projector, 16, row, { x, y });

it("goes to the next point in each direction, and nowhere from the rim", () => {
  expect([walk(7, 1, 0), walk(7, -1, 0), walk(7, 0, -1), walk(7, 0, 1)]).toEqual([8, 6, 2, 12]);
  expect([walk(4, 1, 0), walk(4, 0, -1), walk(10, -1, 0), walk(14, 0, 1)]).toEqual([null, null, null, null]);
});

it("reaches every point and comes back the way it came", () => {
  for (let row = 0; row < 15; row++) {
    const right = walk(row, 1, 0);
    if (right !== null) expect(walk(right, -1, 0)).toBe(row);
    const down = walk(row, 0, 1);
    if (down !== null) expect(walk(down, 0, -1)).toBe(row);
  }
});

it("starts at what is seen nearest to a place, and from no place goes nowhere", () => {
  expect(nearestTo(projector, 16, { x: 300, y: 200 })).toBe(7);
  expect(walk(15, 1, 0)).toBeNull();
});
