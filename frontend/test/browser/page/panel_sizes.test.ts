/** The side panels as a browser keeps them. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { page } from "vitest/browser";
import { persistPanels } from "../../../src/page/panel_sizes";
import { Store } from "../../../src/state/store";

const KEY = "tb-projector-panels";
const WIDE = [1280, 800] as const;
const NARROW = [600, 800] as const;

beforeEach(async () => {
  localStorage.clear();
  await page.viewport(...WIDE);
});
afterEach(() => localStorage.clear());

function opened(): Store {
  const store = new Store();
  persistPanels(store);
  return store;
}

const panelsOf = ({ state: { leftWidth, rightWidth, leftOpen, rightOpen } }: Store) => [
  ...[leftWidth, rightWidth],
  ...[leftOpen, rightOpen],
];

it("are open at first", () => {
  expect(panelsOf(opened())).toEqual([280, 320, true, true]);
});

it("come back as they were left", () => {
  opened().set({ leftWidth: 333, rightOpen: false });
  expect(panelsOf(opened())).toEqual([333, 320, true, false]);
});

it("fold while the window is narrow, which is not kept, and come back with the room", async () => {
  const store = opened();
  store.set({ rightWidth: 400 });
  await page.viewport(...NARROW);
  await expect.poll(() => panelsOf(store)).toEqual([280, 400, false, false]);
  await page.viewport(...WIDE);
  await expect.poll(() => panelsOf(store)).toEqual([280, 400, true, true]);
  expect(panelsOf(opened())).toEqual([280, 400, true, true]);
});

it.each(["", "no JSON", "null", "[]", '{"leftWidth": 1e9, "rightWidth": "wide", "leftOpen": 1}'])(
  "are the usual ones where %j was kept",
  (kept) => {
    localStorage.setItem(KEY, kept);
    expect(panelsOf(opened())).toEqual([280, 320, true, true]);
  },
);
