/** Which labels win where there is no room for all: chosen in the menu «Drawing», seen in the picture. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { installTokens } from "../../../src/controls/tokens";
import { ColumnChoices } from "../../../src/features/coloring/panel";
import { DrawingMenu } from "../../../src/features/drawing/panel";
import { showPicture } from "../../../src/page/show_picture";
import { PointColors } from "../../../src/state/point_colors";
import { Store } from "../../../src/state/store";
import { readView, writeView } from "../../../src/state/view";
import { everyAction } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";
import { field } from "../dom";
import { dataState } from "../page/mounted_page";
import { settled } from "../settled";
import { disposeShown, painted, type Shown, show } from "../view/shown_picture";

const WORDS = ["rare", "common", "heavy"];

let store: Store;
let shown: Shown;
let elements: HTMLElement[];

/** Three words at one place, where a single label fits. */
beforeEach(async () => {
  installTokens();
  store = new Store();
  elements = [new ColumnChoices(), new DrawingMenu()];
  for (const element of elements) document.body.append(Object.assign(element, { store, actions: everyAction() }));
  shown = show({});
  showPicture(store, shown.picture, new PointColors());
  const columns = [
    textColumn("word", WORDS),
    numberColumn("frequency", [1, 1000, null]),
    numberColumn("weight", [1, 2, 3]),
  ];
  const metadata = { columns, rows: WORDS.length, lines: WORDS.length, problems: [] };
  store.set({ ...dataState(WORDS.length), metadata, dimensions: 2, colorBy: "", drawingOpen: true });
  await settled();
});
afterEach(() => {
  disposeShown();
  for (const element of elements) element.remove();
});

async function labels(): Promise<string[]> {
  await settled();
  await painted(shown, WORDS.length);
  const svg = [...shown.picture.writeSvg("")].join("");
  return WORDS.filter((word) => svg.includes(`>${word}<`));
}

const choice = () => field<HTMLSelectElement>("Labels first for");

it("the row with the largest number of the chosen column has its label", async () => {
  expect([choice().value, await labels()]).toEqual(["", ["rare"]]);
  await userEvent.selectOptions(choice(), "frequency");
  expect([choice().value, await labels()]).toEqual(["frequency", ["common"]]);
  await userEvent.selectOptions(choice(), "weight");
  expect(await labels()).toEqual(["heavy"]);
});

it("the column of the sizes is taken by itself, until none is chosen", async () => {
  await userEvent.selectOptions(field("Size by"), "weight");
  expect([await labels(), choice().value]).toEqual([["heavy"], "weight"]);
  await userEvent.selectOptions(choice(), "No column");
  expect([await labels(), choice().value]).toEqual([["rare"], ""]);
  expect(readView(writeView(store.state)).importanceBy).toBe("");
});

it("of selected points, too", async () => {
  await userEvent.selectOptions(choice(), "frequency");
  store.set({ selection: Int32Array.of(0, 2) });
  expect(await labels()).toEqual(["rare"]);
  await userEvent.selectOptions(choice(), "weight");
  expect(await labels()).toEqual(["heavy"]);
});

it("words cannot be an order, and the choice says why", () => {
  expect([...choice().options].map(({ text }) => text)).toContain("word — holds no numbers");
});
