/** A part of a picture shows what the whole shows there. */
import { describe, expect, it } from "vitest";
import { computeBounds } from "../../../src/math/bounds";
import { computeClip, computePose, HOME_2D, HOME_3D } from "../../../src/math/camera";
import { cropClip, cutIntoParts, widenPart } from "../../../src/math/crop";
import { Random } from "../../../src/math/random";
import { ScreenProjection } from "../../../src/math/screen_projection";

const WHOLE = { width: 3000, height: 1700 };
const COUNT = 200;

describe.each([2, 3] as const)("a part of a view in %i-D", (dimensions) => {
  const random = new Random(dimensions);
  const column = () => Float32Array.from({ length: COUNT }, () => 5 + random.uniform());
  const columns = { x: column(), y: column(), z: column() };
  const camera = { ...(dimensions === 2 ? HOME_2D : HOME_3D), target: [0.1, -0.2, 0] as const, zoom: 3 };
  const aspect = WHOLE.width / WHOLE.height;
  const bounds = computeBounds(columns, COUNT);
  const clip = computeClip(computePose(camera, dimensions === 2 ? 1 : 0, bounds, aspect), aspect);

  it("has every point where the whole has it", () => {
    const whole = new ScreenProjection(columns, clip, WHOLE.width, WHOLE.height);
    let seen = 0;
    for (const part of cutIntoParts(WHOLE, { width: 700, height: 512 })) {
      const projector = new ScreenProjection(columns, cropClip(clip, WHOLE, part), part.width, part.height);
      for (let row = 0; row < COUNT; row++) {
        const [at, wanted] = [{ ...projector.project(row) }, whole.project(row)];
        expect(Math.hypot(at.x + part.left - wanted.x, at.y + part.top - wanted.y)).toBeLessThan(0.02);
        seen += Number(at.seen);
      }
    }
    expect(seen).toBe(Array.from({ length: COUNT }, (_, row) => whole.project(row).seen).filter(Boolean).length);
    expect(seen).toBeGreaterThan(10);
  });
});

it("parts cover the whole once, and are wider by a margin inside of it", () => {
  const parts = cutIntoParts(WHOLE, { width: 1024, height: 500 });
  expect(parts.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(WHOLE.width * WHOLE.height);
  expect(parts.at(-1)).toEqual({ left: 2048, top: 1500, width: 952, height: 200 });
  expect(widenPart(parts[0]!, 10, WHOLE)).toEqual({ left: 0, top: 0, width: 1034, height: 510 });
  expect(widenPart(parts.at(-1)!, 10, WHOLE)).toEqual({ left: 2038, top: 1490, width: 962, height: 210 });
});
