/** Searches for the ends of an axis, in the real worker: each on the columns it was begun with. */
import { beforeEach, expect, it, vi } from "vitest";
import type { AxisSearch } from "../../../src/data/axes";
import { RowSearches } from "../../../src/features/axes/row_searches";
import { Store } from "../../../src/state/store";
import { Queries } from "../../../src/worker/queries";
import { textColumn } from "../../node/data/columns";

const KING: AxisSearch = { text: "king", mode: "text", column: null };

/** Takes longer than any search may. */
const ENDLESS: AxisSearch = { text: "(a+)+$", mode: "regex", column: null };
const LONG = `${"a".repeat(40)}!`;

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

it("stops an expression that would run forever only once, however often it is looked for", async () => {
  const find = vi.spyOn(Queries.prototype, "find");
  const state = stateOf(LONG);
  const again = [searches.find(state, ENDLESS), searches.find(state, ENDLESS)];
  for (const one of again) await expect(one).rejects.toThrow("got no further for 1 s");
  await expect(searches.find(state, ENDLESS)).rejects.toThrow("got no further for 1 s");
  const broken = { ...ENDLESS, text: "(" };
  for (let time = 0; time < 2; time++) await expect(searches.find(state, broken)).rejects.toThrow("Invalid");
  expect(find).toHaveBeenCalledTimes(2);
  find.mockRestore();
});

it("begins nothing that was given up while it waited for its turn, and goes on with the next", async () => {
  const find = vi.spyOn(Queries.prototype, "find");
  const state = stateOf("king", "queen");
  const abort = new AbortController();
  const [first, second, third] = ["k", "q", "n"].map((text, at) =>
    searches.find(state, { ...KING, text }, at === 1 ? abort.signal : undefined),
  );
  abort.abort();
  await expect(second).rejects.toBe(abort.signal.reason);
  expect([await first, await third]).toEqual([Int32Array.of(0), Int32Array.of(0, 1)]);
  expect(find.mock.calls.map(([, { text }]) => text)).toEqual(["k", "n"]);
  find.mockRestore();
});

it("does not wait for what was given up while it ran", async () => {
  const state = stateOf(LONG);
  const abort = new AbortController();
  const endless = searches.find(state, ENDLESS, abort.signal);
  await new Promise((resolve) => setTimeout(resolve, 100));
  abort.abort();
  await expect(endless).rejects.toBe(abort.signal.reason);
  expect(await searches.find(state, { ...KING, text: "!" })).toEqual(Int32Array.of(0));
});
