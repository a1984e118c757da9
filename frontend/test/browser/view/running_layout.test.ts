/** The picture while a layout sends new places every frame. */

import { afterEach, describe, expect, it } from "vitest";
import { Random } from "../../../src/math/random";
import type { PictureProps } from "../../../src/view/picture";
import { disposeShown, flat, painted, type Shown, show, spots } from "./shown_picture";

const random = new Random(1);
const nextFrame = () => new Promise<number>(requestAnimationFrame);

afterEach(() => disposeShown());

describe("a running layout", () => {
  /** Gives the picture new places every frame. */
  async function run(shown: Shown, frames: (number: number) => Partial<PictureProps>, count: number): Promise<void> {
    for (let number = 0; number < count; number++) {
      shown.picture.set({ isLayout: true, ...frames(number) });
      await nextFrame();
    }
  }

  const cloud = (count: number, radius: number): Partial<PictureProps> => {
    const points = () => Float32Array.from({ length: count }, () => radius * (random.uniform() + random.uniform() - 1));
    return { positions: { x: points(), y: points(), z: null }, count };
  };

  // How much of them a frame draws is a test of the painter; how long that takes, a benchmark.
  it.each([10_000, 100_000])("of %i points is whole once no more places come", async (count) => {
    const clouds = Array.from({ length: 4 }, (_, number) => cloud(count, 1 + number));
    const shown = show(clouds[0]!);
    await painted(shown, count);
    await run(shown, (number) => clouds[number % 4]!, 60);
    await painted(shown, count);
  });

  it("grows in the window without leaving it, and shrinks without a jump", async () => {
    const count = 2_000;
    const base = cloud(count, 1).positions!;
    const scaled = (by: number): Partial<PictureProps> => ({
      positions: { x: base.x.map((x) => by * x), y: base.y.map((y) => by * y), z: null },
      count,
    });
    const shown = show(scaled(1));
    await painted(shown, count);
    await run(shown, (number) => scaled(1.2 ** number), 40);
    await painted(shown, count);
    const far = () =>
      Math.max(
        ...Array.from({ length: count }, (_, row) => shown.picture.pointer.locate(row)).map((at) =>
          at === null ? Infinity : Math.abs(at[0] - 300) + Math.abs(at[1] - 200),
        ),
      );
    const whole = far();
    expect(whole).toBeLessThan(500);
    shown.picture.set(scaled(1.2 ** 38));
    expect(far()).toBeLessThan(whole);
    expect(far()).toBeGreaterThan(0.6 * whole);
  });

  it("leaves a camera that the user moved where it is", async () => {
    const shown = show(flat([-1, -1], [1, 1], [0, 0]));
    await painted(shown, 3);
    await run(shown, () => flat([-1, -1], [1, 1], [0, 0]), 3);
    shown.picture.camera.zoomBy(2);
    const before = shown.picture.pointer.locate(2)!;
    shown.picture.set(flat([-3, -3], [9, 9], [0, 0]));
    expect(shown.picture.pointer.locate(2)).toEqual(before);
  });

  it("draws those that have a place where most have none", async () => {
    const shown = show(flat([0, 0], [1, 1]));
    const points = Array.from({ length: 500 }, (_, row): [number, number] =>
      row % 50 === 0 ? [row, row] : [NaN, NaN],
    );
    await run(shown, () => flat(...points), 4);
    await painted(shown, 500);
    expect(spots(shown).length).toBeGreaterThan(20);
  });
});
