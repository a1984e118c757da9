/** A picture that is saved while it moves. */
import { afterEach, describe, expect, it } from "vitest";
import { pixelsOf, saveAs, sizeOf } from "./saved_png";
import { colorsOf, disposeShown, flat, painted, type Shown, show, spots } from "./shown_picture";

const RED = [200, 30, 30];

afterEach(() => disposeShown());

/** Calls `change` in every frame until the result is there. */
async function whileChanging<T>(result: Promise<T>, change: (frame: number) => void): Promise<T> {
  let [frame, isOver] = [0, false];
  const step = () => {
    if (isOver) return;
    change(frame++);
    requestAnimationFrame(step);
  };
  step();
  try {
    return await result;
  } finally {
    isOver = true;
  }
}

async function redOf(png: Blob, x: number, y: number): Promise<number> {
  const [red, , blue] = (await pixelsOf(png, x, y, 1, 1)).data;
  return red! - blue!;
}

const points = (): Parameters<typeof show>[0] => ({ ...flat([-1, -1], [0, 0], [1, 1]), colors: colorsOf(3, RED) });

describe("a snapshot", () => {
  it("is drawn while the view turns, which then goes on turning", async () => {
    const solid = { x: Float32Array.of(-1, 0, 1), y: Float32Array.of(-1, 0, 1), z: Float32Array.of(0, 0, 0) };
    const shown = show({ ...points(), positions: solid, dimensions: 3, pointSize: 20 });
    await painted(shown, 3);
    const { azimuth } = shown.picture.camera.state;
    shown.picture.set({ rotating: true });
    await expect.poll(() => shown.picture.camera.state.azimuth).not.toBe(azimuth);
    const png = (await saveAs(shown, 2))!;
    expect(await sizeOf(png)).toEqual([1200, 800]);
    expect(await redOf(png, 600, 400)).toBeGreaterThan(80);
    const saved = shown.picture.camera.state.azimuth;
    await expect.poll(() => shown.picture.camera.state.azimuth).not.toBe(saved);
  });

  it("shows a running layout as it was at its beginning, though the layout takes its buffers back", async () => {
    const shown = show({ ...points(), isLayout: true, pointSize: 20 });
    await painted(shown, 3);
    let [old, latest] = [flat([-1, -1], [0, 0], [1, 1]).positions!, flat([-1, -1], [0, 0], [1, 1]).positions!];
    shown.picture.set({ positions: old });
    const png = await whileChanging(saveAs(shown, 1), () => {
      latest = flat([-1, -1], [0.9, -0.9], [1, 1]).positions!;
      shown.picture.set({ positions: latest });
      structuredClone(null, { transfer: [old.x.buffer, old.y.buffer] as ArrayBuffer[] });
      old = latest;
    });
    expect(await redOf(png!, 300, 200)).toBeGreaterThan(80);
    await painted(shown, 3);
    expect(nearTheMiddle(shown)).toBe(0);
  });

  it("of a picture without points is none", async () => {
    expect(await saveAs(show({}), 1)).toBeNull();
  });
});

function nearTheMiddle(shown: Shown): number {
  return spots(shown).filter(({ x, y, color }) => Math.hypot(x - 300, y - 200) < 10 && color[0]! - color[2]! > 80)
    .length;
}
