/** Bounds of the points, against every position in turn. */
import { expect, it } from "vitest";
import { type Columns, computeBounds, EMPTY_BOUNDS } from "../../../src/math/bounds";
import { computeDirections, HOME_AZIMUTH, HOME_ELEVATION } from "../../../src/math/directions";
import { Random } from "../../../src/math/random";
import { reachAt, SLOPES } from "../../../src/math/reach";
import type { Vec3 } from "../../../src/math/vec3";

/** More than is measured at a time, and not a multiple of it. */
const COUNT = 20_001;

function cloud(): Columns {
  const random = new Random(3);
  const column = (middle: number) => Float32Array.from({ length: COUNT }, () => middle + 10 * random.normal());
  const [x, y, z] = [column(5), column(-1_000), column(0)];
  x[0] = Number.NaN;
  y[4_096] = Infinity;
  z[COUNT - 1] = -Infinity;
  [x[8_191], y[COUNT - 2]] = [-400, -1_500]; // The last row of a piece, and the last position of all.
  return { x, y, z };
}

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Each position as float64. */
const placesOf = ({ x, y, z }: Columns, rows: readonly number[]) =>
  rows.map((row): Vec3 => [x[row]!, y[row]!, z ? z[row]! : 0]).filter((place) => place.every(Number.isFinite));

function expectBounds(columns: Columns, rows: readonly number[], bounds: ReturnType<typeof computeBounds>): void {
  const places = placesOf(columns, rows);
  const along = (axis: number) => places.map((place) => place[axis]!);
  const of = (measure: (values: number[]) => number) => [0, 1, 2].map((axis) => measure(along(axis)));
  const [low, high] = [of((values) => Math.min(...values)), of((values) => Math.max(...values))];
  const mean = of((values) => values.reduce((sum, value) => sum + value, 0) / values.length) as unknown as Vec3;
  expect(bounds.finite).toBe(places.length);
  for (const axis of [0, 1, 2]) {
    expect(bounds.mean[axis]).toBeCloseTo(mean[axis]!, 6);
    expect(bounds.middle[axis]).toBeCloseTo((low[axis]! + high[axis]!) / 2, 6);
    expect(bounds.half[axis]).toBeCloseTo((high[axis]! - low[axis]!) / 2, 6);
  }
  const offsets = places.map((place) => place.map((value, axis) => value - mean[axis]!) as unknown as Vec3);
  expect(bounds.radius).toBeCloseTo(Math.max(...offsets.map((offset) => Math.hypot(...offset))), 6);
  const [right, up, toward] = computeDirections(HOME_AZIMUTH, HOME_ELEVATION);
  for (const slope of SLOPES) {
    for (const [reach, axis] of [
      [bounds.across, right],
      [bounds.up, up],
    ] as const) {
      const farthest = Math.max(...offsets.map((offset) => Math.abs(dot(offset, axis)) + slope * dot(offset, toward)));
      if (columns.z === null) expect(reachAt(reach, slope)).toBeGreaterThan(farthest);
      else expect(reachAt(reach, slope)).toBeCloseTo(farthest, 6);
    }
  }
}

const ALL = Array.from({ length: COUNT }, (_, row) => row);

it.each([3, 2])("are those of every position in %i-D", (dimensions) => {
  const columns = dimensions === 3 ? cloud() : { ...cloud(), z: null };
  expectBounds(columns, ALL, computeBounds(columns, COUNT));
});

it("of some rows are those of their positions alone, whatever lists them", () => {
  const columns = cloud();
  const some = ALL.filter((row) => row % 3 === 0);
  for (const rows of [some, Int32Array.from(some), Uint32Array.from(some)])
    expectBounds(columns, some, computeBounds(columns, COUNT, rows));
});

it("of rows without a position are empty, and those of one position have a radius", () => {
  const columns = cloud();
  expect(computeBounds(columns, COUNT, [0, 4_096])).toBe(EMPTY_BOUNDS);
  const one = computeBounds(columns, COUNT, [1]);
  expect([one.finite, one.radius]).toEqual([1, 1]);
  expect(one.middle).toEqual(placesOf(columns, [1])[0]);
});
