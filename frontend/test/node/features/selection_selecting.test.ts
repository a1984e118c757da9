/** What clicks, lists and commands make of the selection, on a real store. */
import { beforeEach, describe, expect, it } from "vitest";
import { makeSelecting } from "../../../src/features/selection/selecting";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { numberColumn } from "../data/columns";
import { shownOf } from "./shown_data";

const ROWS = 6;

let store: Store;
let actions: ReturnType<typeof makeSelecting>;

beforeEach(() => {
  store = new Store();
  actions = makeSelecting(store);
  store.set({ shown: shownOf(ROWS) });
});

const selected = () => store.state.selection && [...store.state.selection];
const standing = () => [selected(), store.state.selectionWords, store.state.row];

describe("a click", () => {
  it("selects the point with its neighbors instead of what was selected, and brings their list to the front", () => {
    actions.selectRows([1, 2], "replace", "by lasso");
    store.set({ list: "matches", selectionNote: "Nothing is selected." });
    actions.clickPoint(4, false);
    expect([standing(), store.state.list, store.state.selectionNote]).toEqual([[null, "", 4], "neighbors", null]);
  });

  it("beside the points selects none, and leaves the list", () => {
    store.set({ row: 4, list: "matches" });
    actions.clickPoint(null, false);
    expect([standing(), store.state.list]).toEqual([[null, "", null], "matches"]);
  });

  it("with Shift adds the point, or takes it out; the last one leaves no selection", () => {
    for (const row of [4, 1]) actions.clickPoint(row, true);
    expect(standing()).toEqual([[1, 4], "by hand", null]);
    actions.clickPoint(null, true);
    expect(selected()).toEqual([1, 4]);
    for (const row of [4, 1]) actions.clickPoint(row, true);
    expect(standing()).toEqual([null, "", null]);
  });
});

it("a point from a list leaves the selection that it is in, and ends any other", () => {
  actions.selectRows([1, 2], "replace", "by lasso");
  actions.select(2);
  expect(standing()).toEqual([[1, 2], "by lasso", 2]);
  actions.select(3);
  expect(standing()).toEqual([null, "", 3]);
});

it("rows come in any order, once each, and those that the data does not have are left out", () => {
  actions.selectRows([5, 1, 5, 9, -1], "replace", "digit 3");
  expect(standing()).toEqual([[1, 5], "digit 3", null]);
  actions.selectRows([1], "subtract", "digit 3");
  expect(standing()).toEqual([[5], "digit 3", null]);
  actions.selectRows([0], "add", "digit 4");
  expect(standing()).toEqual([[0, 5], "", null]);
});

it("the same rows again are the same array, so that nothing is uploaded twice", () => {
  actions.selectRows([1, 2], "replace", "by lasso");
  const { selection } = store.state;
  actions.selectRows([2, 1], "replace", "by box");
  expect([store.state.selection === selection, store.state.selectionWords]).toEqual([true, "by box"]);
});

it("all points, and those that are not selected, are of the isolated ones", () => {
  actions.selectAll();
  expect(standing()).toEqual([[0, 1, 2, 3, 4, 5], "points", null]);
  store.set({ subset: { name: "s", rows: Int32Array.of(0, 2, 4), words: "by lasso" } });
  actions.selectAll();
  expect(selected()).toEqual([0, 2, 4]);
  actions.selectRows([2], "replace");
  actions.invertSelection();
  expect(standing()).toEqual([[0, 4], "others", null]);
});

it("the rows that pass the filters are selected, added, or taken out, in the filters' words", () => {
  const columns = [numberColumn("age", [10, 20, 30, 40, 50, 60])];
  store.set({ metadata: { columns, rows: ROWS, lines: ROWS, problems: [] } });
  const filters: State["filters"] = [{ column: "age", kind: "range", min: 20, max: 40 }];
  store.set({ filters, filteredRows: Int32Array.of(1, 2, 3) });
  actions.selectRows([0, 1], "replace", "by lasso");
  actions.selectFiltered("add");
  expect(selected()).toEqual([0, 1, 2, 3]);
  actions.selectFiltered("subtract");
  expect(selected()).toEqual([0]);
  actions.selectFiltered();
  expect(selected()).toEqual([1, 2, 3]);
  expect(store.state.selectionWords).toMatch(/^by age/);
});

it("rows of a link that the data does not have are dropped once it is there, and at fewer rows", () => {
  store.set({ shown: null, selection: Int32Array.of(1, 5, 9) });
  expect(selected()).toEqual([1, 5, 9]);
  store.set({ shown: shownOf(ROWS) });
  expect(selected()).toEqual([1, 5]);
  store.set({ shown: shownOf(3) });
  expect(selected()).toEqual([1]);
  store.set({ shown: shownOf(1) });
  expect(selected()).toBeNull();
});
