/** Ticks of 3-D axes: round numbers at their places, apart from each other, however the view is turned. */
import { describe, expect, it } from "vitest";
import { type Bounds, computeBounds } from "../../../src/math/bounds";
import { computeClip, HOME_3D, type Pose } from "../../../src/math/camera";
import type { LabelBox } from "../../../src/math/label_placement";
import { ScreenProjection } from "../../../src/math/screen_projection";
import { axisTicks, drawTicks3D } from "../../../src/view/axis_ticks";
import { axisEnds } from "../../../src/view/plane";
import { SvgPen } from "../../../src/view/svg_pen";
import type { Theme } from "../../../src/view/theme";
import { Viewpoint } from "../../../src/view/viewpoint";

const THEME = { font: "sans-serif", axis: "#000", halo: "#fff", axisText: "#555" } as unknown as Theme;
const WINDOW = { width: 900, height: 600 };
const BOUNDS = computeBounds(
  { x: Float32Array.of(-3, 7, 2, 2), y: Float32Array.of(-40, 40, 0, 0), z: Float32Array.of(0, 0, 0.02, -0.02) },
  4,
);
/** As long in each direction. */
const CUBE = computeBounds(
  { x: Float32Array.of(-3, 3, 0), y: Float32Array.of(0, 3, -3), z: Float32Array.of(-3, 0, 3) },
  3,
);

function poseOf(bounds: Bounds, camera = HOME_3D): Pose {
  const viewpoint = new Viewpoint();
  viewpoint.setDimensions(3, false);
  viewpoint.goTo(camera, false);
  return viewpoint.computePose(bounds, WINDOW);
}

function drawn(bounds: Bounds, camera = HOME_3D, covered: LabelBox | null = null) {
  const [pose, pen] = [poseOf(bounds, camera), new SvgPen()];
  const project = (columns: ConstructorParameters<typeof ScreenProjection>[0]) =>
    new ScreenProjection(columns, computeClip(pose, WINDOW.width / WINDOW.height), WINDOW.width, WINDOW.height);
  const { columns, numbers } = axisTicks(bounds, pose, WINDOW);
  drawTicks3D(
    { context: pen, ...WINDOW, covered },
    project(axisEnds(bounds)),
    { projector: project(columns), numbers },
    THEME,
    1,
  );
  return [...pen.markup.join("").matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(
    ([, x, y, text]) => ({ x: Number(x), y: Number(y), text: text!, width: pen.measureText(text!).width }),
  );
}

it("are round numbers, each at its place on an axis through the middle", () => {
  const { columns, numbers } = axisTicks(CUBE, poseOf(CUBE), WINDOW);
  expect(new Set(numbers.map(({ axis }) => axis))).toEqual(new Set([0, 1, 2]));
  numbers.forEach(({ axis, text }, row) => {
    const place = [columns.x[row]!, columns.y[row]!, columns.z![row]!];
    expect(place[axis]).toBeCloseTo(Number(text.replace("−", "-")), 6);
    for (const other of [0, 1, 2]) if (other !== axis) expect(place[other]).toBeCloseTo(CUBE.mean[other]!, 6);
  });
});

it("are left out in the inner half of an axis, where points crowd", () => {
  const ofX = axisTicks(CUBE, poseOf(CUBE), WINDOW).numbers.filter(({ axis }) => axis === 0);
  expect(ofX.map(({ text }) => text)).toEqual(["−3", "−2", "2", "3"]);
});

it("come closer together in the data as the user zooms in", () => {
  const close = axisTicks(CUBE, poseOf(CUBE, { ...HOME_3D, zoom: 20 }), WINDOW).numbers;
  expect(close.some(({ text }) => /\.\d/.test(text))).toBe(true);
  expect(close.length).toBeLessThan(100);
});

it("of an axis too short to be distinguished are left out", () => {
  expect(axisTicks(BOUNDS, poseOf(BOUNDS), WINDOW).numbers.filter(({ axis }) => axis === 2)).toEqual([]);
});

it("are left out where something lies over them", () => {
  const all = drawn(CUBE);
  const [first] = all;
  const covered = { x: first!.x - 1, y: first!.y - 1, width: 2, height: 2 };
  expect(drawn(CUBE, HOME_3D, covered)).toEqual(all.slice(1));
});

describe.each([0, 0.4, 1.2, 2.5, 4])("turned by %f", (azimuth) => {
  it("overlap neither each other, nor the corner, nor the window's edge", () => {
    const texts = drawn(CUBE, { ...HOME_3D, azimuth });
    expect(texts.length).toBeGreaterThan(3);
    for (const [at, one] of texts.entries()) {
      expect([one.x - one.width / 2 >= 0, one.x + one.width / 2 <= WINDOW.width]).toEqual([true, true]);
      expect(one.x > WINDOW.width - 130 && one.y > WINDOW.height - 130).toBe(false);
      for (const other of texts.slice(at + 1)) {
        const isBeside = Math.abs(one.x - other.x) >= (one.width + other.width) / 2;
        expect(isBeside || Math.abs(one.y - other.y) >= 14, `${one.text} and ${other.text}`).toBe(true);
      }
    }
  });
});
