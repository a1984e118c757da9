/** The switch between 2-D and 3-D. */
import { beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { DimensionsSwitch } from "../../../src/features/projection/dimensions_switch";
import { projectionOf } from "../../node/features/shown_data";
import { all, button } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState } from "./projection_state";

let choice: Mounted;

beforeEach(async () => {
  choice = await mountPanel(new DimensionsSwitch(), dataState());
});

const checked = () => all("[role=radio][aria-checked=true]").map((one) => one.textContent);

it("shows and sets the dimensions of the picture", async () => {
  expect([choice.store.state.dimensions, checked()]).toEqual([3, ["3-D"]]);
  button("2-D").click();
  await choice.show({});
  expect([choice.store.state.dimensions, checked()]).toEqual([2, ["2-D"]]);
  button("2-D").focus();
  await userEvent.keyboard("{ArrowRight}");
  await choice.show({});
  expect([choice.store.state.dimensions, checked()]).toEqual([3, ["3-D"]]);
});

it("follows undo, links and bookmarks", async () => {
  await choice.show({ dimensions: 2 });
  expect(checked()).toEqual(["2-D"]);
});

it("is at 2-D where the data has no third dimension, whatever was chosen", async () => {
  await choice.show({ projection: projectionOf(3, 2) });
  expect([choice.store.state.dimensions, checked()]).toEqual([3, ["2-D"]]);
});

it("is that of a layout's next start, which may differ from the one on the screen", async () => {
  const flat = { method: "tsne", z: null } as NonNullable<typeof choice.store.state.coordinates>;
  await choice.show({ method: "tsne", coordinates: flat });
  expect(checked()).toEqual(["3-D"]);
});

it("has a name, and its key in the tooltip", () => {
  expect(all("[role=radiogroup]")[0]!.ariaLabel).toBe("Dimensions of the picture");
  expect(all("segmented-choice")[0]!.title).toMatch(/\(\w+\)$/);
});
