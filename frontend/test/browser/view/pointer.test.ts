/** Points that the pointer finds in the picture. */

import { afterEach, describe, expect, it } from "vitest";
import { Random } from "../../../src/math/random";
import { disposeShown, flat, GROUND, painted, type Shown, show, spots } from "./shown_picture";

const RED = [200, 30, 30];
const random = new Random(1);

afterEach(() => disposeShown());

function send(shown: Shown, type: string, x: number, y: number, more: PointerEventInit = {}): void {
  const canvas = shown.host.querySelector("canvas")!;
  canvas.setPointerCapture = () => {};
  canvas.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, bubbles: true, ...more }));
}

describe("the pointer", () => {
  const count = 10_000;
  const column = () => Float32Array.from({ length: count }, () => random.uniform());

  it("hovers and clicks the point that is there, and a drag is no click", async () => {
    const shown = show(flat([-1, -1], [0, 0], [1, 1]));
    await painted(shown, 3);
    send(shown, "pointermove", 302, 201);
    await expect.poll(() => shown.hovered).toEqual([1]);
    for (const [x, y] of [
      [300, 200],
      [100, 200],
    ]) {
      send(shown, "pointerdown", x, y);
      send(shown, "pointerup", x, y);
    }
    expect(shown.clicked).toEqual([1, null]);
    send(shown, "pointerdown", 300, 200);
    send(shown, "pointermove", 360, 200);
    send(shown, "pointerup", 360, 200);
    expect(shown.clicked.length).toBe(2);
    await painted(shown, 3);
    expect(spots(shown).some((spot) => Math.hypot(spot.x - 360, spot.y - 200) < 3)).toBe(true);
  });

  it("clicks with the primary button only: the others move the picture, on a point and beside it", async () => {
    const shown = show(flat([-1, -1], [0, 0], [1, 1]));
    await painted(shown, 3);
    for (const button of [1, 2]) {
      for (const x of [300, 100]) {
        send(shown, "pointerdown", x, 200, { button });
        send(shown, "pointerup", x, 200, { button });
      }
    }
    expect(shown.clicked).toEqual([]);
    send(shown, "pointerdown", 300, 200, { button: 2 });
    send(shown, "pointermove", 360, 200, { button: -1, buttons: 2 });
    send(shown, "pointerup", 360, 200, { button: 2 });
    await painted(shown, 3);
    expect(spots(shown).some((spot) => Math.hypot(spot.x - 360, spot.y - 200) < 3)).toBe(true);
    const menu = new MouseEvent("contextmenu", { cancelable: true, bubbles: true });
    shown.host.querySelector("canvas")!.dispatchEvent(menu);
    expect(menu.defaultPrevented).toBe(true); // As a right drag ends with it.
    send(shown, "pointerdown", 360, 200);
    send(shown, "pointerup", 360, 200);
    expect(shown.clicked).toEqual([1]);
  });

  it("finds among 10,000 the row that was aimed at, or one whose disc lies over it", async () => {
    const shown = show({ positions: { x: column(), y: column(), z: column() }, count, dimensions: 3, pointSize: 4 });
    await painted(shown, count);
    for (let i = 0; i < 60; i++) {
      const row = Math.floor(random.uniform() * count);
      const [x, y] = shown.picture.pointer.locate(row) ?? [0, 0];
      send(shown, "pointerdown", x, y);
      send(shown, "pointerup", x, y);
      const at = shown.picture.pointer.locate(shown.clicked.at(-1) ?? -1) ?? [0, 0];
      expect(Math.hypot(at[0] - x, at[1] - y)).toBeLessThan(6);
    }
  });

  it("looks for a point where the GPU drew it", async () => {
    const positions = { x: column(), y: column(), z: column() };
    let compared = 0;
    for (let row = 0; row < 8; row++) {
      const cut = (column: Float32Array) => column.subarray(row * 3, row * 3 + 3);
      const three = { x: cut(positions.x), y: cut(positions.y), z: cut(positions.z) };
      // One red among two of the ground's color, so that the camera has something to turn around.
      const colors = Uint8Array.of(...RED, 255, ...GROUND, 255, ...GROUND, 255);
      // A picture of its own: one that is shown already would move its points there, and be looked at on the way.
      disposeShown();
      const shown = show({ positions: three, count: 3, dimensions: 3, colors, pointSize: 10 });
      await painted(shown, 3);
      // Fog takes most of the red from a point in the back.
      const found = spots(shown).filter((spot) => spot.color[0] > spot.color[2] + 30);
      const middle = (part: "x" | "y") => found.reduce((sum, spot) => sum + spot[part] + 0.5, 0) / found.length;
      const [at, ...others] = [0, 1, 2].map((row) => shown.picture.pointer.locate(row) ?? [0, 0]);
      const distance = ([x, y]: number[]) => Math.hypot((at?.[0] ?? 0) - (x ?? 0), (at?.[1] ?? 0) - (y ?? 0));
      // A disc of the ground's color over the red one would move the middle of what is left of it.
      if (others.some((other) => distance(other) < 16)) continue;
      expect(distance([middle("x"), middle("y")])).toBeLessThan(2);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe("the wheel", () => {
  /** The zoom after one event at a point, which stays where it was, and whether the page was kept from zooming. */
  async function turn(more: WheelEventInit) {
    const shown = show(flat([-1, -1], [0, 0], [1, 0.5]));
    await painted(shown, 3);
    const [clientX, clientY] = shown.picture.pointer.locate(2)!;
    const event = new WheelEvent("wheel", { deltaY: -10, clientX, clientY, bubbles: true, cancelable: true, ...more });
    shown.host.querySelector("canvas")!.dispatchEvent(event);
    await painted(shown, 3);
    const [x, y] = shown.picture.pointer.locate(2)!;
    expect(Math.hypot(x - clientX, y - clientY)).toBeLessThan(0.5);
    const { zoom } = shown.picture.camera.stateIn(2);
    disposeShown();
    return { zoom, isKept: event.defaultPrevented };
  }

  it("zooms at the pointer; a pinch on a touchpad, which comes with Ctrl, by more a px", async () => {
    const [wheel, pinch, apart] = [
      await turn({}),
      await turn({ ctrlKey: true }),
      await turn({ deltaY: 10, ctrlKey: true }),
    ];
    expect(wheel.zoom).toBeGreaterThan(1);
    expect(pinch.zoom).toBeCloseTo(wheel.zoom ** 5, 6);
    expect(apart.zoom).toBeCloseTo(1 / pinch.zoom, 6);
    expect([wheel.isKept, pinch.isKept]).toEqual([true, true]);
  });
});

describe("what is under the pointer", () => {
  it("is forgotten while the scene moves, and looked up again at rest", async () => {
    const shown = show({ ...flat([-1, 0], [0, 0], [1, 0]), pointSize: 20 });
    await painted(shown, 3);
    const canvas = shown.host.querySelector("canvas")!;
    canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: 300, clientY: 200, bubbles: true }));
    await expect.poll(() => shown.hovered).toEqual([1]);
    shown.picture.camera.zoomBy(1.2);
    expect(shown.hovered).toEqual([1, null]);
    await expect.poll(() => shown.hovered).toEqual([1, null, 1]);
  });
});
