/** The menu «Drawing»: what its sliders and switches set, and which have no effect at present. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { DrawingMenu } from "../../../src/features/drawing/panel";
import type { Store } from "../../../src/state/store";
import { all, button, field } from "../dom";
import { dataState } from "../page/mounted_page";
import { drag, type Mounted, mountPanel } from "./mounted_panel";

const SHEET = { urls: ["data:,"], columns: 2, rows: 2, width: 64, height: 64, pages: null };
const SPRITE = { ...SHEET, thumbWidth: 32, thumbHeight: 32 };
const SEQUENCES = { pairs: Uint32Array.of(0, 1), bad: 0, firstBad: null, columns: ["__next__"] };

let store: Store;
let show: Mounted["show"];

beforeEach(async () => {
  ({ store, show } = await mountPanel(new DrawingMenu(), { ...dataState(), drawingOpen: true }));
});

const box = (name: string) => all("label.switch").find((one) => one.textContent!.includes(name))!;
const input = (name: string) => box(name).querySelector("input")!;
/** Why a switch is off, or null. */
const why = (name: string) => (input(name).disabled ? box(name).querySelector(".faint")!.textContent : null);

it.each([
  ["Density instead of points", "density"],
  ["Points as their labels", "labelPoints"],
  ["Axes, ticks and grid", "showAxes"],
  ["Fog in the distance", "fog"],
  ["Smaller in the distance", "sizeByDepth"],
] as const)("«%s» sets what it says, and is as the state has it", async (name, flag) => {
  const before = store.state[flag];
  expect(input(name).checked).toBe(before);
  await userEvent.click(input(name));
  expect(store.state[flag]).toBe(!before);
  await show({ [flag]: before });
  expect(input(name).checked).toBe(before);
});

it("sets size and opacity by ratios while the thumb moves, the leftmost being automatic", async () => {
  for (const [label, name, greatest] of [
    ["Point size", "pointSize", 40],
    ["Opacity", "opacity", 1],
  ] as const) {
    const slider = field(label);
    slider.value = slider.max;
    slider.dispatchEvent(new InputEvent("input"));
    expect(store.state[name]).toBe(greatest);
    await show({});
    drag(label, Number(slider.min));
    expect(store.state[name]).toBe(0);
  }
});

it("puts everything back as it was at first, and leaves what it does not draw", async () => {
  await show({ pointSize: 9, opacity: 0.5, density: true, fog: false, showAxes: false, showLabels: false });
  button("Draw as at first").click();
  const { pointSize, opacity, density, fog, showAxes, showLabels } = store.state;
  expect([pointSize, opacity, density, fog, showAxes, showLabels]).toEqual([0, 0, false, true, true, false]);
});

describe("a switch without effect is off, and says why:", () => {
  it("depth in two dimensions", async () => {
    expect([why("Fog"), why("Smaller")]).toEqual([null, null]);
    await show({ dimensions: 2 });
    expect([why("Fog"), why("Smaller")]).toEqual(["3-D only", "3-D only"]);
  });

  it("lines without sequences", async () => {
    expect(why("Lines through sequences")).toBe("no __next__ column");
    await show({ sequences: SEQUENCES });
    expect(why("Lines through sequences")).toBeNull();
  });

  it("images where there are none, or where they are off", async () => {
    expect(why("Images where there is room")).toBe("no images");
    await show({ sprite: SPRITE, showImages: false });
    expect(why("Images where there is room")).toBe("images are off");
    await show({ showImages: true });
    expect(why("Images where there is room")).toBeNull();
  });

  it("an order of labels without columns", async () => {
    expect(field("Labels first for").disabled).toBe(false);
    await show({ metadata: null });
    expect(field("Labels first for").disabled).toBe(true);
  });
});

it("opens and closes by its button, by Escape and by the state", async () => {
  const isOpen = () => all("[popover]")[0]!.matches(":popover-open");
  expect([isOpen(), button("Drawing").ariaExpanded]).toEqual([true, "true"]);
  field("Point size").focus();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => store.state.drawingOpen).toBe(false);
  await userEvent.click(button("Drawing"));
  await expect.poll(() => store.state.drawingOpen).toBe(true);
  await show({ drawingOpen: false });
  expect(isOpen()).toBe(false);
});
