/** The picture by keys, on a real picture and a real store: the camera, walking from point to point, and clicks. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenInPicture } from "../../../src/features/navigation/picture_keys";
import { HOME_3D } from "../../../src/math/camera";
import { Store } from "../../../src/state/store";
import { everyAction, type NotedActions } from "../../every_action";
import { disposeShown, flat, painted, type Shown, show } from "../view/shown_picture";

/** Points 0 to 2 in a line from the left, point 3 above the middle one, point 4 as far below it. */
const POINTS: [number, number][] = [
  [-1, 0],
  [0, 0],
  [1, 0],
  [0, 0.5],
  [0, -0.5],
];

let store: Store;
let shown: Shown;
let actions: NotedActions;

beforeEach(async () => {
  [store, actions] = [new Store(), everyAction()];
  store.set({ dimensions: 2 });
  shown = show(flat(...POINTS));
  listenInPicture(shown.picture, store, actions);
  await painted(shown, 5);
});
afterEach(() => {
  dispatchEvent(new Event("blur"));
  disposeShown();
});

/** Whether the key was the picture's. */
function press(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  shown.host.dispatchEvent(event);
  return event.defaultPrevented;
}

const letGo = (key: string) => dispatchEvent(new KeyboardEvent("keyup", { key }));
const place = (row: number) => shown.picture.pointer.locate(row)!;

/** How far the keys move the point in the middle, in px. */
function moved(keys: () => void): number[] {
  const before = place(1);
  keys();
  return place(1).map((at, axis) => Math.round(at - before[axis]!));
}

it("has the focus by Tab, a name, and its keys in words", () => {
  const { tabIndex, ariaLabel, ariaDescription, role } = shown.host;
  expect([tabIndex, role, ariaLabel]).toEqual([0, "application", "Picture of the points"]);
  expect(ariaDescription).toContain("arrow keys: Orbit, in 2-D pan; with Shift pan. P arrow keys: Walk from point to");
  expect(ariaDescription).not.toMatch(/[←→↑↓]/);
});

describe("arrow keys", () => {
  it.each([
    ["ArrowLeft", [-32, 0]],
    ["ArrowRight", [32, 0]],
    ["ArrowUp", [0, -32]],
    ["ArrowDown", [0, 32]],
  ])("pan in 2-D, with Shift too: %s", (key, by) => {
    expect(moved(() => press(key))).toEqual(by);
    expect(moved(() => press(key, { shiftKey: true }))).toEqual(by);
  });

  it("orbit in 3-D, and pan there with Shift", async () => {
    store.set({ dimensions: 3 });
    const z = Float32Array.of(-1, 0, 1, 0.5, 0);
    shown.picture.set({ dimensions: 3, positions: { ...flat(...POINTS).positions!, z } });
    await painted(shown, 5);
    const camera = () => shown.picture.camera.stateIn(3);
    expect(press("ArrowLeft")).toBe(true);
    const turned = camera();
    expect(turned.azimuth).not.toBe(HOME_3D.azimuth);
    expect([turned.elevation, turned.target]).toEqual([HOME_3D.elevation, HOME_3D.target]);
    press("ArrowUp", { shiftKey: true });
    expect([camera().azimuth, camera().elevation]).toEqual([turned.azimuth, turned.elevation]);
    expect(camera().target).not.toEqual(turned.target);
  });

  it.each(["ctrlKey", "metaKey", "altKey"])("with %s are the browser's", (held) => {
    expect(moved(() => expect(press("ArrowLeft", { [held]: true })).toBe(false))).toEqual([0, 0]);
  });

  it("are kept from scrolling the page, and other keys are left to it", () => {
    expect(press("ArrowLeft")).toBe(true);
    for (const key of ["a", "Escape", "Tab", "PageDown", "Enter"]) expect(press(key), key).toBe(false);
  });
});

describe("with P held, arrow keys", () => {
  it("walk from the middle of the picture to the next point on that side, and move nothing", () => {
    expect(moved(() => expect([press("p"), press("ArrowRight")]).toEqual([false, true]))).toEqual([0, 0]);
    const walked = [store.state.walked];
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp"]) {
      press(key);
      walked.push(store.state.walked);
    }
    expect(walked).toEqual([1, 2, 1, 3]);
    expect(shown.hovered.filter((row) => row !== null)).toEqual(walked);
  });

  it("walk from the hovered point, else from the selected one", () => {
    press("P");
    store.set({ row: 0 });
    press("ArrowRight");
    expect(store.state.walked).toBe(1);
    store.set({ walked: null, hover: { row: 2, x: 0, y: 0 } });
    press("ArrowLeft");
    expect(store.state.walked).toBe(1);
  });

  it("bring a point that is out of sight into view", () => {
    shown.picture.camera.panBy(100, 0);
    store.set({ row: 1 });
    expect(shown.picture.pointer.locate(2)).toBeNull();
    press("p");
    press("ArrowRight");
    expect(store.state.walked).toBe(2);
    expect(shown.picture.pointer.locate(2)).not.toBeNull();
  });

  it("stay where there is no other point on that side", () => {
    store.set({ row: 2 });
    press("p");
    press("ArrowRight");
    expect(store.state.walked).toBeNull();
  });

  it("walk until it is let go, or the window loses the focus", () => {
    press("p");
    press("ArrowRight");
    letGo("P");
    expect(moved(() => press("ArrowRight"))).toEqual([32, 0]);
    press("p");
    letGo("a");
    expect(moved(() => press("ArrowUp"))).toEqual([0, 0]);
    dispatchEvent(new Event("blur"));
    expect(moved(() => press("ArrowRight"))).toEqual([32, 0]);
  });

  it("walk while an area is drawn, too, which they do not grow", () => {
    shown.picture.set({ tool: "box" });
    store.set({ row: 1 });
    press("Enter");
    const area = () => shown.picture.pointer.area!.area.at;
    const before = area();
    press("p");
    press("ArrowRight");
    expect([store.state.walked, area()]).toEqual([2, before]);
    letGo("p");
    press("ArrowRight");
    expect(area().x).toBe(before.x + 16);
  });
});

it("walking begins anew at a point that the pointer hovers, and goes on while it hovers none", () => {
  store.set({ walked: 1, hover: { row: 1, x: 0, y: 0 } });
  store.set({ hover: { row: 1, x: 5, y: 5 } });
  store.set({ hover: null });
  expect(store.state.walked).toBe(1);
  store.set({ hover: { row: 2, x: 0, y: 0 } });
  expect(store.state.walked).toBeNull();
});

it("Enter clicks the point that was walked to, else the hovered one; with Shift it adds it", () => {
  expect(press("Enter")).toBe(false);
  store.set({ hover: { row: 2, x: 0, y: 0 } });
  expect(press("Enter")).toBe(true);
  store.set({ walked: 1 });
  press("Enter", { shiftKey: true });
  expect(actions.clickPoint.mock.calls).toEqual([
    [2, false],
    [1, true],
  ]);
});
