/** The selection while an area is drawn, after it, and as it was before if the area is canceled. */
import { beforeEach, expect, it } from "vitest";
import { AreaSelecting } from "../../../src/features/selection/area_selecting";
import { Store } from "../../../src/state/store";
import type { AreaEvent } from "../../../src/view/picture";
import { shownOf } from "./shown_data";

let store: Store;
let areas: AreaSelecting;

beforeEach(() => {
  store = new Store();
  areas = new AreaSelecting(store);
  store.set({ shown: shownOf(10) });
});

function draw(rows: readonly number[], more: Partial<AreaEvent> = {}): void {
  areas.handle({ tool: "box", rows: Int32Array.from(rows), combine: "replace", phase: "drawing", ...more });
}

const selected = () => store.state.selection && [...store.state.selection];
const select = (...rows: number[]) => store.set({ selection: Int32Array.from(rows), selectionWords: "by hand" });

it("is what the area holds at the time, said by its tool", () => {
  select(7, 8);
  draw([1, 2, 3]);
  expect([selected(), store.state.selectionWords]).toEqual([[1, 2, 3], "by box"]);
  draw([1]);
  expect(selected()).toEqual([1]);
  draw([1, 4], { phase: "done" });
  draw([5], { tool: "lasso" });
  expect([selected(), store.state.selectionWords]).toEqual([[5], "by lasso"]);
});

it.each([
  ["add", [1, 2], [1, 2, 7, 8]],
  ["add", [2], [2, 7, 8]],
  ["subtract", [7, 9], [8]],
  ["subtract", [3], [7, 8]],
] as const)("is that of before in which the area counts alone: %s %j", (combine, rows, wanted) => {
  select(7, 8);
  draw([1, 2, 8], { combine });
  draw([...rows], { combine });
  expect(selected()).toEqual(wanted);
  draw([...rows], { combine, phase: "done" });
  expect([selected(), store.state.selectionWords]).toEqual([wanted, ""]);
});

it("follows keys that are pressed or let go while it is drawn", () => {
  select(7);
  draw([1], { combine: "add" });
  expect(selected()).toEqual([1, 7]);
  draw([1]);
  expect(selected()).toEqual([1]);
  draw([1], { combine: "subtract", phase: "done" });
  expect(selected()).toEqual([7]);
});

it("has the area before it in what the next one is added to", () => {
  draw([1, 2], { phase: "done" });
  draw([5], { combine: "add" });
  draw([6], { combine: "add", phase: "done" });
  expect([selected(), store.state.selectionWords]).toEqual([[1, 2, 6], "by box"]);
});

it("has the matches of the search, where these were the selection", () => {
  store.set({ query: "a", matches: Int32Array.of(3, 4) });
  draw([5], { combine: "add" });
  draw([6], { combine: "add", phase: "done" });
  expect(selected()).toEqual([3, 4, 6]);
});

it("is none while the area is empty; a clicked point is let go, too", () => {
  store.set({ row: 4 });
  draw([]);
  expect([selected(), store.state.row]).toEqual([null, null]);
  draw([2]);
  draw([], { phase: "done" });
  expect([selected(), store.state.selectionWords]).toEqual([null, ""]);
});

it("is that of before again if the area is canceled, with its words and the clicked point", () => {
  select(7, 8);
  store.set({ row: 7 });
  const { selection } = store.state;
  draw([1, 2]);
  expect(store.state.row).toBeNull();
  draw([1, 2, 3], { phase: "canceled" });
  const { selectionWords, row } = store.state;
  expect([store.state.selection, selectionWords, row]).toEqual([selection, "by hand", 7]);
  select(5);
  draw([1], { combine: "add", phase: "done" });
  expect(selected()).toEqual([1, 5]);
});
