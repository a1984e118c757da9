/** The part of the window that the home view fills: how much of it, and beside which corner. */
import { describe, expect, it } from "vitest";
import { type Columns, computeBounds } from "../../../src/math/bounds";
import { type CameraState, computeClip, computePose, flyTo, HOME_2D, HOME_3D } from "../../../src/math/camera";
import { Random } from "../../../src/math/random";
import { chooseInsets, type Insets, makeRoom, NO_INSETS, type Sight, WHOLE_WINDOW } from "../../../src/math/room";
import { ScreenProjection } from "../../../src/math/screen_projection";

const [COUNT, WIDTH, HEIGHT] = [600, 900, 600] as const;
const ASPECT = WIDTH / HEIGHT;
const CORNER = { width: 220, height: 280 };
const random = new Random(3);

function makeCloud(place: (u: () => number) => [number, number, number]): Columns {
  const points = Array.from({ length: COUNT }, () => place(() => 2 * random.uniform() - 1));
  const column = (axis: number) => Float32Array.from(points, (point) => point[axis]!);
  return { x: column(0), y: column(1), z: column(2) };
}

const CLOUDS = {
  cube: makeCloud((u) => [u(), u(), u()]),
  wide: makeCloud((u) => [4 * u(), u(), u()]),
  high: makeCloud((u) => [u(), 4 * u(), u()]),
  plane: makeCloud((u) => [u(), u(), 0]),
};
const INSETS = [NO_INSETS, { left: 200, bottom: 0 }, { left: 0, bottom: 250 }, { left: 100, bottom: 140 }];

function project(cloud: Columns, insets: Insets, flat: number, camera?: CameraState): { x: number; y: number }[] {
  const home = camera ?? (flat ? HOME_2D : HOME_3D);
  const pose = computePose(home, flat, computeBounds(cloud, COUNT), ASPECT, makeRoom(insets, WIDTH, HEIGHT));
  const projector = new ScreenProjection(cloud, computeClip(pose, ASPECT), WIDTH, HEIGHT);
  return Array.from({ length: COUNT }, (_, row) => ({ ...projector.project(row) }));
}

describe.each(Object.entries(CLOUDS))("a %s", (_name, cloud) => {
  it.each(INSETS)("lies in the room beside the insets $left, $bottom, and reaches a side of it", (insets) => {
    for (const flat of [0, 1]) {
      const points = project(cloud, insets, flat);
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
      const gaps = [
        [Math.min(...xs) - insets.left, WIDTH - Math.max(...xs), WIDTH - insets.left],
        [Math.min(...ys), HEIGHT - insets.bottom - Math.max(...ys), HEIGHT - insets.bottom],
      ] as const;
      for (const [low, high] of gaps) expect(Math.min(low, high)).toBeGreaterThan(0);
      // Space is framed around the mean of the points, so one side may stay farther away than the other.
      const nearest = Math.min(...gaps.map(([low, high, side]) => Math.min(low, high) / side));
      expect(nearest).toBeLessThan(flat ? 0.04 : 0.2);
    }
  });
});

describe("what the camera turns around", () => {
  it("stays in the middle of the room", () => {
    const middle = { x: Float32Array.of(-1, 0, 1), y: Float32Array.of(0, 0, 0), z: Float32Array.of(1, 0, -1) };
    for (const azimuth of [-2, 0, 1.3]) {
      const room = makeRoom({ left: 300, bottom: 200 }, WIDTH, HEIGHT);
      const pose = computePose({ ...HOME_3D, azimuth }, 0, computeBounds(middle, 3), ASPECT, room);
      const at = new ScreenProjection(middle, computeClip(pose, ASPECT), WIDTH, HEIGHT).project(1);
      expect([at.x, at.y]).toEqual([expect.closeTo(600, 2), expect.closeTo(200, 2)]);
    }
  });

  it("is in the middle of the room after a flight, too", () => {
    const bounds = computeBounds(CLOUDS.cube, COUNT);
    const room = makeRoom({ left: 300, bottom: 200 }, WIDTH, HEIGHT);
    const camera = flyTo(HOME_3D, 0, bounds, computeBounds(CLOUDS.cube, COUNT, [7]), ASPECT, room);
    const at = project(CLOUDS.cube, { left: 300, bottom: 200 }, 0, camera)[7]!;
    expect([at.x, at.y]).toEqual([expect.closeTo(600, 1), expect.closeTo(200, 1)]);
  });
});

it("a flight to copies of a point goes as near as one to the point alone, whatever the unit of the data", () => {
  for (const scale of [1e-3, 1, 1e3]) {
    const column = (of: Float32Array) => Float32Array.from(of, (_, row) => scale * of[row < 3 ? 7 : row]!);
    const { x, y, z } = CLOUDS.cube;
    const columns = { x: column(x), y: column(y), z: z && column(z) };
    const bounds = computeBounds(columns, COUNT);
    const zoomTo = (...rows: number[]) =>
      flyTo(HOME_3D, 0, bounds, computeBounds(columns, COUNT, rows), ASPECT, WHOLE_WINDOW).zoom;
    expect(zoomTo(0, 1, 2)).toBe(zoomTo(0));
    expect(zoomTo(0)).toBeGreaterThan(zoomTo(0, 30));
  }
});

it("a tab hidden by a height of 0 keeps its room, and the fit stays a number", () => {
  expect(makeRoom(NO_INSETS, 800, 0)).toEqual({ width: 1, height: 1, middle: [0, 0] });
  const pose = computePose(HOME_3D, 0, computeBounds(CLOUDS.cube, COUNT), Infinity, makeRoom(NO_INSETS, 800, 0));
  expect(pose.halfHeight).toBeGreaterThan(0);
  expect(pose.halfHeight).toBeLessThan(Infinity);
});

it("a corner takes at most half of a side", () => {
  const room = makeRoom({ left: 700, bottom: 20 }, 800, 400);
  expect(room).toEqual({ width: 0.5, height: 0.95, middle: [0.5, expect.closeTo(0.05)] });
});

describe("the room beside a corner", () => {
  const look =
    (cloud: Columns) =>
    (insets: Insets): Sight => {
      const room = makeRoom(insets, WIDTH, HEIGHT);
      const { halfHeight } = computePose(HOME_2D, 1, computeBounds(cloud, COUNT), ASPECT, room);
      const under = project(cloud, insets, 1).filter(({ x, y }) => x < CORNER.width && y > HEIGHT - CORNER.height);
      return { halfHeight, hidden: under.length / COUNT };
    };
  const circle = makeCloud((u) => {
    const [angle, away] = [Math.PI * u(), Math.sqrt(Math.abs(u()))];
    return [away * Math.cos(angle), away * Math.sin(angle), 0];
  });

  it("is the whole window where the corner is as good as empty", () => {
    const away = makeCloud((u) => [u(), u() / 4 + 3, 0]);
    [away.x[0], away.y[0]] = [-1, -3];
    expect(chooseInsets(CORNER, look(away))).toEqual(NO_INSETS);
  });

  it("is above it for a wide plane, which gets no smaller there", () => {
    const wide = makeCloud((u) => [3 * u(), u(), 0]);
    const { left, bottom } = chooseInsets(CORNER, look(wide));
    expect([left, bottom > 0]).toEqual([0, true]);
  });

  it("is to the right of it for a high plane", () => {
    const high = makeCloud((u) => [u(), 3 * u(), 0]);
    const { left, bottom } = chooseInsets(CORNER, look(high));
    expect(bottom).toBe(0);
    expect(look(high)({ left, bottom }).hidden).toBe(0);
  });

  it("hides less of a square or a circle than the whole window, and leaves them more than half as large", () => {
    for (const cloud of [CLOUDS.plane, circle]) {
      const see = look(cloud);
      const [whole, chosen] = [see(NO_INSETS), see(chooseInsets(CORNER, see))];
      expect(chosen.hidden).toBeLessThanOrEqual(whole.hidden);
      expect(whole.halfHeight / chosen.halfHeight).toBeGreaterThan(0.5);
    }
  });
});
