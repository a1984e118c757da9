import { expect, it } from "vitest";
import { computeBounds } from "../../../src/math/bounds";
import { computeClip, computePose, HOME_3D } from "../../../src/math/camera";
import { Random } from "../../../src/math/random";
import { ScreenIndex } from "../../../src/math/screen_index";
import { ScreenProjection } from "../../../src/math/screen_projection";

const COUNT = 10_000;
const random = new Random(1);
const column = () => Float32Array.from({ length: COUNT }, () => random.uniform() - 0.5);

it("picks what a look at every row picks, 100 times", () => {
  const columns = { x: column(), y: column(), z: column() };
  columns.x[17] = Number.NaN;
  const clip = computeClip(computePose(HOME_3D, 0, computeBounds(columns, COUNT), 1.5), 1.5);
  const projector = new ScreenProjection(columns, clip, 900, 600);
  const index = new ScreenIndex(projector, COUNT);
  const rank = (row: number) => row % 3;
  for (let i = 0; i < 100; i++) {
    const [x, y] = [random.uniform() * 900, random.uniform() * 600];
    expect(index.pick(x, y, 6, { max: 2.5, of: () => 2.5 }, rank)).toBe(pickBySight(projector, x, y, rank));
  }
});

function pickBySight(projector: ScreenProjection, x: number, y: number, rank: (row: number) => number): number | null {
  const near = [];
  for (let row = 0; row < COUNT; row++) {
    const at = projector.project(row);
    const distance = Math.hypot(at.x - x, at.y - y);
    if (at.seen && distance <= 6) near.push({ row, w: at.w, distance });
  }
  const covering = near.filter((at) => at.distance <= 2.5);
  covering.sort((a, b) => rank(b.row) - rank(a.row) || a.w - b.w);
  near.sort((a, b) => a.distance - b.distance);
  return (covering[0] ?? near[0])?.row ?? null;
}
