/** The part of the data that is framed: all of it, or all but a few far points. */
import { expect, it } from "vitest";
import { type Columns, computeBounds } from "../../../src/math/bounds";
import { computeFrame } from "../../../src/math/framing";
import { Random } from "../../../src/math/random";

const COUNT = 10_001;
/** Far from the others, in one coordinate each. */
const FAR = [0, 5_000, COUNT - 1];

function cloud(dimensions: number, far: readonly number[]): Columns {
  const random = new Random(5);
  const column = () => Float32Array.from({ length: COUNT }, () => random.normal());
  const [x, y, z] = [column(), column(), column()];
  for (const [at, row] of far.entries()) [x, y, dimensions === 3 ? z : x][at]![row] = 1_000 * (at - 1.5);
  x[7] = Number.NaN;
  y[COUNT - 2] = Infinity;
  return { x, y, z: dimensions === 3 ? z : null };
}

it.each([2, 3])("is all of it where no point is far away, in %i-D", (dimensions) => {
  const columns = cloud(dimensions, []);
  const bounds = computeBounds(columns, COUNT);
  expect(computeFrame(columns, COUNT, bounds)).toEqual({ bounds, outside: 0 });
});

it.each([2, 3])("leaves out and counts the far points, in %i-D", (dimensions) => {
  const columns = cloud(dimensions, FAR);
  const { bounds, outside } = computeFrame(columns, COUNT, computeBounds(columns, COUNT));
  expect(outside).toBe(FAR.length);
  const rows = Array.from({ length: COUNT }, (_, row) => row).filter((row) => !FAR.includes(row));
  expect(bounds).toEqual(computeBounds(columns, COUNT, rows));
});

it("leaves out what is far in one direction where the others have no extent", () => {
  const columns = { ...cloud(2, FAR.slice(0, 1)), y: new Float32Array(COUNT).fill(3) };
  const { bounds, outside } = computeFrame(columns, COUNT, computeBounds(columns, COUNT));
  expect([outside, bounds.finite]).toEqual([1, COUNT - 2]);
});
