/** Areas drawn with keys, on a real picture and a real store. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenInPicture } from "../../../src/features/navigation/picture_keys";
import { Store } from "../../../src/state/store";
import { everyAction, type NotedActions } from "../../every_action";
import { disposeShown, flat, painted, type Shown, show } from "../view/shown_picture";

/** Points 0 to 2 in a line from the left, point 3 above the middle one. */
const POINTS = flat([-1, 0], [0, 0], [1, 0], [0, 0.5]);

let store: Store;
let shown: Shown;
let actions: NotedActions;

beforeEach(async () => {
  [store, actions] = [new Store(), everyAction()];
  shown = show({ ...POINTS, tool: "box" });
  listenInPicture(shown.picture, store, actions);
  await painted(shown, 4);
});
afterEach(() => disposeShown());

function press(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  shown.host.dispatchEvent(event);
  return event.defaultPrevented;
}

/** Presses an arrow key until the area's edge is beyond a point. */
function grow(key: string, row: number, more: KeyboardEventInit = {}): void {
  const axis = key === "ArrowLeft" || key === "ArrowRight" ? 0 : 1;
  const far = Math.abs(place(row)[axis]! - edge()[axis]!);
  for (let px = 0; px <= far; px += 16) press(key, more);
}

const place = (row: number): readonly number[] => shown.picture.pointer.locate(row)!;
const area = () => shown.picture.pointer.area;
const edge = (): readonly number[] => [area()!.area.at.x, area()!.area.at.y];
const near = (at: readonly number[]) => at.map(Math.round);
/** What the areas that are over have. */
const over = () =>
  shown.areas.filter(({ phase }) => phase !== "drawing").map(({ rows, combine, phase }) => [phase, combine, [...rows]]);

describe("Enter", () => {
  it("begins an area that arrows grow, and takes what is in it", async () => {
    store.set({ row: 1 });
    expect(press("Enter")).toBe(true);
    expect(near(edge())).toEqual(near(place(1)));
    const before = edge();
    expect(press("ArrowRight")).toBe(true);
    expect(edge()).toEqual([before[0]! + 16, before[1]]);
    grow("ArrowRight", 2);
    press("ArrowDown");
    expect(press("Enter")).toBe(true);
    await expect.poll(over).toEqual([["done", "replace", [1, 2]]]);
    expect([area(), actions.clickPoint.mock.calls]).toEqual([null, []]);
  });

  it.each([
    ["walked to", { hover: { row: 1, x: 0, y: 0 }, walked: 0, row: 2 }, 0],
    ["hovered", { hover: { row: 1, x: 0, y: 0 }, row: 2 }, 1],
    ["selected", { row: 2 }, 2],
  ])("begins at the point that was %s", (_how, state, row) => {
    for (const [name, value] of Object.entries(state)) store.set({ [name]: value });
    press("Enter");
    expect(near(edge())).toEqual(near(place(row)));
  });

  it("begins in the middle of the picture where no point is in hand, or its point is out of sight", () => {
    press("Enter");
    expect(edge()).toEqual([300, 200]);
    press("Escape");
    shown.picture.camera.panBy(-5000, 0);
    store.set({ row: 1 });
    press("Enter");
    expect(edge()).toEqual([300, 200]);
  });

  it("begins a sphere at a point: the nearest to the middle, where none is in hand", async () => {
    shown.picture.set({ tool: "sphere" });
    press("Enter");
    const middle = [1, 3].sort((a, b) => fromMiddle(a) - fromMiddle(b))[0]!;
    expect(near(edge())).toEqual(near(place(middle)));
    press("Enter");
    await expect.poll(over).toEqual([["done", "replace", [middle]]]);
  });

  it("is a click where the tool draws no area", () => {
    shown.picture.set({ tool: "pan" });
    store.set({ hover: { row: 1, x: 0, y: 0 } });
    press("Enter");
    expect([area(), actions.clickPoint.mock.calls]).toEqual([null, [[1, false]]]);
  });

  it.each([
    ["shiftKey", "add"],
    ["altKey", "subtract"],
  ])("with %s held takes the area so, whatever was held while it grew", async (held, combine) => {
    store.set({ row: 1 });
    press("Enter");
    grow("ArrowRight", 2);
    press("Enter", { [held]: true });
    await expect.poll(over).toEqual([["done", combine, [1, 2]]]);
    press("Enter");
    grow("ArrowRight", 2, { [held]: true });
    press("Enter");
    await expect.poll(() => over()[1]).toEqual(["done", "replace", [1, 2]]);
  });
});

const fromMiddle = (row: number) => Math.hypot(place(row)[0]! - 300, place(row)[1]! - 200);

it("the edge stays in the picture", () => {
  press("Enter");
  for (let at = 0; at < 50; at++) for (const key of ["ArrowRight", "ArrowUp"]) press(key);
  expect(edge()).toEqual([600, 0]);
  for (let at = 0; at < 50; at++) for (const key of ["ArrowLeft", "ArrowDown"]) press(key);
  expect(edge()).toEqual([0, 400]);
});

it("arrows move the camera before and after, not while an area is drawn", () => {
  store.set({ dimensions: 2 });
  const before = place(1);
  press("Enter");
  press("ArrowRight");
  expect(place(1)).toEqual(before);
  press("Escape");
  press("ArrowRight");
  expect(near(place(1))).toEqual(near([before[0]! + 32, before[1]!]));
});

describe("an area ends without effect", () => {
  const ends: [string, () => unknown][] = [
    ["Escape, which clears nothing else", () => expect(press("Escape")).toBe(true)],
    ["the loss of the focus", () => shown.host.dispatchEvent(new FocusEvent("blur"))],
    [
      "a press of the pointer",
      () => {
        const canvas = shown.host.querySelector("canvas")!;
        canvas.setPointerCapture = () => {};
        canvas.dispatchEvent(new PointerEvent("pointerdown", { clientX: 9, clientY: 9, pointerId: 1, bubbles: true }));
      },
    ],
  ];

  it.each(ends)("by %s", (_what, end) => {
    store.set({ row: 1 });
    press("Enter");
    press("ArrowRight");
    end();
    expect(over().map(([phase]) => phase)).toEqual(["canceled"]);
    expect(press("Escape")).toBe(false);
  });
});

it("keys of commands are left to them while an area is drawn", () => {
  press("Enter");
  for (const key of ["b", "F2", "/"]) expect(press(key), key).toBe(false);
  expect(press("ArrowRight", { ctrlKey: true })).toBe(false);
  expect(edge()).toEqual([300, 200]);
});
