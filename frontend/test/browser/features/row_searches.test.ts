/** Searches for the ends of an axis, in the real worker: each on the columns it was begun with. */
import { beforeEach, expect, it } from "vitest";
import type { AxisSearch } from "../../../src/data/axes";
import { RowSearches } from "../../../src/features/axes/row_searches";
import { Store } from "../../../src/state/store";
import { textColumn } from "../../node/data/columns";

const KING: AxisSearch = { text: "king", regex: false, column: null };

let searches: RowSearches;

beforeEach(() => {
  searches = new RowSearches();
});

function stateOf(...cells: string[]) {
  const columns = [textColumn("word", cells)];
  return { ...new Store().state, metadata: { columns, rows: cells.length, lines: cells.length, problems: [] } };
}

it("finds in other metadata what is there, although its column has the same name", async () => {
  expect(await searches.find(stateOf("king", "queen"), KING)).toEqual(Int32Array.of(0));
  expect(await searches.find(stateOf("queen", "king"), KING)).toEqual(Int32Array.of(1));
});

it("ends what was begun before the columns were forgotten, and does not take it for what is there now", async () => {
  const [before, now] = [stateOf("king", "queen"), stateOf("queen", "king")];
  const pending = [searches.find(before, KING), searches.find(before, { ...KING, text: "queen" })];
  searches.forget();
  const found = await Promise.all([...pending, searches.find(now, KING)]);
  expect(found).toEqual([Int32Array.of(0), Int32Array.of(1), Int32Array.of(1)]);
});

it("looks for the same only once", async () => {
  const state = stateOf("king", "queen");
  expect(await searches.find(state, KING)).toBe(await searches.find(state, KING));
});
