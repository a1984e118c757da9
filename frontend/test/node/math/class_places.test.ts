import { expect, it } from "vitest";
import { placeClasses } from "../../../src/math/class_places";
import { Random } from "../../../src/math/random";

const random = new Random(11);
const COUNT = 600;
const column = () => Float32Array.from({ length: COUNT }, () => random.normal());
const rowsOf = (kind: number) => Int32Array.from({ length: COUNT }, (_, row) => row).filter((row) => row % 7 === kind);

it.each([2, 3])("finds the point nearest to the median that sorting all of them finds, in %i dimensions", (count) => {
  const [x, y, z] = [column(), column(), count === 3 ? column() : null];
  x[8] = Number.NaN; // A row of the second class has no coordinates.
  const axes = [x, y, z].filter((axis) => axis !== null);
  const expected = [0, 1, 2, 3].map((kind) => {
    const rows = [...rowsOf(kind)].filter((row) => row !== 8);
    const medians = axes.map((axis) => rows.map((row) => axis[row]!).sort((a, b) => a - b)[(rows.length - 1) >> 1]!);
    const far = (row: number) => Math.hypot(...axes.map((axis, at) => axis[row]! - medians[at]!));
    return rows.sort((a, b) => far(a) - far(b))[0];
  });
  expect([...placeClasses({ x, y, z }, [0, 1, 2, 3].map(rowsOf))]).toEqual(expected);
});

it("stays inside a class that leaves its middle empty", () => {
  const angles = Array.from({ length: 60 }, (_, row) => (row * Math.PI) / 60);
  const half = { x: Float32Array.from(angles, Math.cos), y: Float32Array.from(angles, Math.sin), z: null };
  const [row] = placeClasses(half, [Int32Array.from(angles, (_, at) => at)]);
  expect(Math.hypot(half.x[row!]!, half.y[row!]!)).toBeCloseTo(1);
});

it("is none for a class without coordinates, or without rows", () => {
  const nowhere = { x: Float32Array.of(Number.NaN, 1), y: Float32Array.of(0, Number.POSITIVE_INFINITY), z: null };
  expect([...placeClasses(nowhere, [Int32Array.of(0, 1), new Int32Array(0), Int32Array.of(5)])]).toEqual([-1, -1, -1]);
});
