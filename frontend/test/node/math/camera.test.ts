import { describe, expect, it } from "vitest";
import { type Columns, computeBounds } from "../../../src/math/bounds";
import {
  computeClip,
  computePose,
  flyTo,
  HOME_2D,
  HOME_3D,
  mixCameras,
  orbit,
  pan,
  zoomAt,
} from "../../../src/math/camera";
import { ScreenProjection } from "../../../src/math/screen_projection";

const COUNT = 500;
const [WIDTH, HEIGHT] = [800, 500];
const ASPECT = WIDTH / HEIGHT;

/** A repeatable cloud, far from the origin and longer than it is wide, with one point far off. */
function makeCloud(scale = 1, offset = 0): Columns {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31 - 0.5;
  };
  const column = (spread: number) => Float32Array.from({ length: COUNT }, () => offset + scale * spread * random());
  const cloud = { x: column(4), y: column(2), z: column(1) };
  cloud.x[COUNT - 1] = offset + 60 * scale;
  return cloud;
}

function projectorOf(columns: Columns, camera = HOME_3D, flat = 0): ScreenProjection {
  const pose = computePose(camera, flat, computeBounds(columns, COUNT), ASPECT);
  return new ScreenProjection(columns, computeClip(pose, ASPECT), WIDTH, HEIGHT);
}

const rows = Array.from({ length: COUNT }, (_, row) => row);

describe("the camera at home", () => {
  for (const [scale, offset] of [
    [1, 0],
    [1e-20, 0],
    [1e20, 0],
    [1, 1e4],
    [0.01, -1e3],
  ] as const) {
    for (const flat of [0, 1]) {
      it(`sees every point, scale ${scale}, offset ${offset}, flat ${flat}`, () => {
        const projector = projectorOf(makeCloud(scale, offset), flat ? HOME_2D : HOME_3D, flat);
        expect(rows.filter((row) => !projector.project(row).seen)).toEqual([]);
      });
    }
  }

  it.each([0, 0.25, 0.5, 0.75, 1])("sees every point of a plane on the way to 2-D, at %d", (flat) => {
    const projector = projectorOf({ ...makeCloud(), z: null }, HOME_3D, flat);
    expect(rows.filter((row) => !projector.project(row).seen)).toEqual([]);
  });

  it("sees nothing of a row with NaN or infinity", () => {
    const cloud = makeCloud();
    cloud.x[3] = Number.NaN;
    cloud.y[4] = Infinity;
    const projector = projectorOf(cloud);
    expect([3, 4].map((row) => projector.project(row).seen)).toEqual([false, false]);
    expect(projector.project(5).seen).toBe(true);
  });
});

it("bounds agree with plain sums and a plain search", () => {
  const cloud = makeCloud(3, 100);
  const bounds = computeBounds(cloud, COUNT);
  const mean = rows.reduce((sum, row) => sum + cloud.x[row], 0) / COUNT;
  const far = Math.max(
    ...rows.map((row) =>
      Math.hypot(cloud.x[row] - bounds.mean[0], cloud.y[row] - bounds.mean[1], cloud.z![row] - bounds.mean[2]),
    ),
  );
  expect(bounds.mean[0]).toBeCloseTo(mean, 9);
  expect(bounds.radius).toBeCloseTo(far, 9);
  expect(bounds.half[0]).toBeCloseTo((Math.max(...cloud.x) - Math.min(...cloud.x)) / 2, 5);
  expect(computeBounds(cloud, COUNT, [7]).radius).toBe(1);
});

describe("gestures", () => {
  const cloud = makeCloud();
  const bounds = computeBounds(cloud, COUNT);

  it("zoom at the pointer keeps what is under it", () => {
    for (const flat of [0, 1]) {
      const camera = flat ? HOME_2D : HOME_3D;
      const [x, y] = [0.3, -0.2];
      const pose = computePose(camera, flat, bounds, ASPECT);
      // The point of the target's plane under the pointer, as a data set of one point.
      const at = zoomAt(camera, pose, bounds, 1e6, x, y).target.map(
        (part, axis) => (flat ? bounds.middle : bounds.mean)[axis] + part * bounds.radius,
      );
      const probe = { x: Float32Array.of(at[0]), y: Float32Array.of(at[1]), z: Float32Array.of(at[2]) };
      for (const factor of [1, 2, 5, 0.5]) {
        const zoomed = zoomAt(camera, pose, bounds, factor, x, y);
        const clip = computeClip(computePose(zoomed, flat, bounds, ASPECT), ASPECT);
        const seen = new ScreenProjection(probe, clip, WIDTH, HEIGHT).project(0);
        expect(seen.x).toBeCloseTo(WIDTH / 2 + x * HEIGHT, 1);
        expect(seen.y).toBeCloseTo(HEIGHT / 2 + y * HEIGHT, 1);
      }
    }
  });

  it("a pan moves a flat picture by as much as the pointer", () => {
    const before = { ...projectorOf(cloud, HOME_2D, 1).project(5) };
    const pose = computePose(HOME_2D, 1, bounds, ASPECT);
    const after = projectorOf(cloud, pan(HOME_2D, pose, bounds, 0.1, -0.05), 1).project(5);
    expect(after.x - before.x).toBeCloseTo(0.1 * HEIGHT, 3);
    expect(after.y - before.y).toBeCloseTo(-0.05 * HEIGHT, 3);
  });

  it("an orbit takes the front along with the pointer, and stops at the poles", () => {
    const front = { x: Float32Array.of(0, 0, 0), y: Float32Array.of(0, 0, 0), z: Float32Array.of(1, -1, 0) };
    const camera = { ...HOME_3D, azimuth: 0, elevation: 0 };
    const seen = (turned: typeof camera) =>
      new ScreenProjection(
        front,
        computeClip(computePose(turned, 0, computeBounds(front, 3), ASPECT), ASPECT),
        WIDTH,
        HEIGHT,
      ).project(0);
    expect(seen(orbit(camera, 0.1, 0)).x).toBeGreaterThan(WIDTH / 2);
    expect(seen(orbit(camera, 0, 0.1)).y).toBeGreaterThan(HEIGHT / 2);
    expect(orbit(camera, 0, 9).elevation).toBe(Math.PI / 2);
  });

  it("flying to rows brings all of them into view, larger", () => {
    const some = rows.slice(0, 20);
    const camera = flyTo(HOME_3D, 0, bounds, computeBounds(cloud, COUNT, some), ASPECT);
    const projector = projectorOf(cloud, camera);
    expect(camera.zoom).toBeGreaterThan(2);
    expect(some.every((row) => projector.project(row).seen)).toBe(true);
  });

  it("between two cameras the angle goes the short way", () => {
    const halfway = mixCameras({ ...HOME_3D, azimuth: 3 }, { ...HOME_3D, azimuth: -3, zoom: 4 }, 0.5);
    expect(Math.abs(halfway.azimuth)).toBeCloseTo(Math.PI, 6);
    expect(halfway.zoom).toBeCloseTo(2, 9);
  });
});

it("deep zoom keeps its digits far from the origin: neighboring float32 values are pixels apart", () => {
  const near = { x: Float32Array.of(1000, 1000 + 2 ** -13, 1002), y: Float32Array.of(0, 0, 0), z: null };
  const bounds = computeBounds(near, 3);
  const camera = { ...flyTo(HOME_2D, 1, bounds, computeBounds(near, 3, [0, 1]), ASPECT), zoom: 1_000 };
  const pose = computePose(camera, 1, bounds, ASPECT);
  const projector = new ScreenProjection(near, computeClip(pose, ASPECT), WIDTH, HEIGHT);
  const first = projector.project(0).x;
  expect(projector.project(1).x - first).toBeCloseTo((2 ** -13 / (2 * pose.halfHeight)) * HEIGHT, 3);
});
