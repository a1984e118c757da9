/** The page follows its URL: links opened in the same window, going back, and other tabs of TensorBoard. */
import { beforeEach, expect, it, vi } from "vitest";
import { type AxisChoices, INITIAL_AXES, writeAxes } from "../../../src/data/axes";
import { syncAddress } from "../../../src/features/address/follow";
import type { Actions } from "../../../src/state/actions";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { textColumn } from "../data/columns";

type Tokens = Record<string, string>;

/** The URL of a made-up window. */
const url = vi.hoisted(() => ({
  tokens: {} as Record<string, string>,
  isOurs: true,
  notify: (_isOurs: boolean): void => {},
}));

vi.mock("../../../src/api/tensorboard_page", () => ({
  readAddress: () => ({ ...url.tokens }),
  writeAddress: (tokens: Tokens) => {
    if (url.isOurs) url.tokens = tokens;
  },
  tokenLength: (name: string, value: string) => name.length + value.length,
  watchAddress: (notify: typeof url.notify) => {
    url.notify = notify;
  },
}));

const ROWS = 4;
/** Tokens of the data shown: they stand beside all others. */
const DATA = { run: "r", embedding: "e" };
let store: Store;
let runsAsked: (readonly string[])[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("window", globalThis);
  Object.assign(url, { tokens: {}, isOurs: true });
  [store, runsAsked] = [new Store(), []];
});

function start(tokens: Tokens = {}): void {
  url.tokens = tokens;
  const loadRuns = async () => {
    runsAsked.push(store.state.uploads);
  };
  syncAddress(store, { loadRuns } as unknown as Actions);
  const step = { step: 1, version: "v", shape: [ROWS, 2] };
  const shown = { run: { name: "r" }, embedding: { name: "e", metadata: null }, step } as unknown as State["shown"];
  const columns = [textColumn("kind", ["a", "b", "a", "b"])];
  store.set({ shown, metadata: { columns, rows: ROWS, lines: ROWS, problems: [] } });
}

/** The user, or TensorBoard, changes the fragment. */
async function goTo(tokens: Tokens, isOurs = true): Promise<void> {
  Object.assign(url, { tokens, isOurs });
  url.notify(isOurs);
  await vi.advanceTimersByTimeAsync(1000);
}

it("opens every link that is pasted, with defaults for what it does not name", async () => {
  start({ dimensions: "2", pointSize: "9" });
  store.set({ colorByQuality: true });
  await goTo({ metric: "euclidean" });
  expect([store.state.metric, store.state.dimensions, store.state.pointSize]).toEqual(["euclidean", 3, 0]);
  expect(store.state.colorByQuality, "which no link names").toBe(false);
  await goTo({ dimensions: "2", flavor: "mint", selection: "1-2" });
  expect([store.state.metric, store.state.dimensions]).toEqual(["cosine", 2]);
  expect(store.state.selection).toEqual(Int32Array.of(1, 2));
  expect(store.state.addressNotes.join()).toContain("“flavor”");
  expect(url.tokens).toEqual({ ...DATA, dimensions: "2", selection: "1-2" });
});

it("goes back to the view before a link, also if that was changed after it was opened", async () => {
  start({ dimensions: "2" });
  store.set({ pointSize: 9 });
  await vi.advanceTimersByTimeAsync(1000);
  const before = url.tokens;
  await goTo({ metric: "euclidean" });
  await goTo(before);
  expect([store.state.metric, store.state.dimensions, store.state.pointSize]).toEqual(["cosine", 2, 9]);
  await goTo({ metric: "euclidean" });
  expect(store.state.metric).toBe("euclidean");
});

it("changes nothing when another tab of TensorBoard is chosen, and this one again", async () => {
  start({ dimensions: "2" });
  await vi.advanceTimersByTimeAsync(1000);
  const changes = vi.fn();
  store.subscribe(changes);
  await goTo({ dimensions: "2" }, false);
  await goTo({ dimensions: "2" });
  expect(changes).not.toHaveBeenCalled();
  await goTo({ dimensions: "2" }, false);
  store.set({ pointSize: 9 }); // Such as by a layout that ends meanwhile.
  await goTo({ dimensions: "2" });
  expect([store.state.pointSize, url.tokens]).toEqual([9, { ...DATA, dimensions: "2", pointSize: "9" }]);
  await goTo({});
  expect([store.state.dimensions, store.state.pointSize]).toEqual([2, 9]);
  await goTo({ dimensions: "2" });
  expect(store.state.pointSize).toBe(0);
});

it("is not overwritten by a change made just before", async () => {
  start();
  store.set({ pointSize: 9 });
  url.tokens = { metric: "euclidean" };
  await vi.advanceTimersByTimeAsync(1000);
  const { metric, pointSize } = store.state;
  expect([metric, pointSize, url.tokens]).toEqual(["euclidean", 0, { ...DATA, metric: "euclidean" }]);
  await goTo({ metric: "euclidean" });
  store.set({ dimensions: 2 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(url.tokens).toEqual({ ...DATA, metric: "euclidean", dimensions: "2" });
});

it("names the run and the tensor of what it says, which may be others' first; the newest step stays the newest", async () => {
  start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(url.tokens).toEqual({}); // There is nothing to say.
  store.set({ row: 3 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(url.tokens).toEqual({ ...DATA, row: "3" });
  store.set({ run: "other" }); // It has been chosen, and is not shown yet.
  await vi.advanceTimersByTimeAsync(1000);
  expect(url.tokens.run).toBe("other");
  expect(url.tokens).not.toHaveProperty("embedding");
});

it("keeps the user's own vectors, and looks for those that the link names before it goes there", async () => {
  const [own, other] = ["0123456789abcdef", "fedcba9876543210"];
  start({ uploads: own });
  await goTo({ uploads: other, row: "3" });
  expect([runsAsked, store.state.uploads, store.state.row]).toEqual([[[own, other]], [own, other], 3]);
  await goTo({ row: "2" });
  expect([store.state.uploads, store.state.row]).toEqual([[own, other], 2]);
});

it("says which columns and rows of a link are not there, whatever it uses them for", async () => {
  start();
  const names = { labelBy: "a", importanceBy: "b", colorBy: "c", searchIn: "d", superviseBy: "e", sizeBy: "f" };
  const lists = { filters: "h:~:x,kind:~:a", tableSort: "i,@row", colorChoices: "j::viridis:::" };
  await goTo({ ...names, imageBy: "g", ...lists, row: "5000", selection: "2-600", terms: "+1-7" });
  const { addressNotes } = store.state;
  for (const name of "abcdefghij") expect(addressNotes.filter((note) => note.includes(`“${name}”`))).toHaveLength(1);
  expect(addressNotes).toHaveLength(11);
  expect(addressNotes).toContain(
    "The address names row 5,000, and there are 4 rows, counted from 0; rows that are not there were ignored.",
  );
  await goTo({ run: "gone", row: "5000" });
  expect(store.state.addressNotes).toEqual(["The address names the run “gone”, which is not there; r is shown."]);
});

it.each<[string, AxisChoices[number]]>([
  ["a selection", { kind: "selections", add: [1, 2], subtract: [3, 600] }],
  ["a point", { kind: "points", add: null, subtract: 600 }],
])("says which rows of the axes are not there, named as %s", async (_name, axis) => {
  start();
  await goTo({ axes: writeAxes([INITIAL_AXES[0], axis, INITIAL_AXES[2]]), row: "3" });
  expect(store.state.addressNotes).toEqual([expect.stringContaining("names row 600, and there are 4 rows")]);
  await goTo({ axes: writeAxes([INITIAL_AXES[0], { kind: "points", add: 3, subtract: null }, INITIAL_AXES[2]]) });
  expect(store.state.addressNotes).toEqual([]);
});

it("says so of data without metadata, too", async () => {
  start();
  store.set({ metadata: null, projection: {} as State["projection"] });
  await goTo({ sizeBy: "count" });
  expect(store.state.addressNotes.join()).toContain("the size column “count”");
});

it("asks for nothing more of a link that another has replaced", async () => {
  url.tokens = { labelBy: "gone" };
  syncAddress(store, {} as Actions);
  await goTo({ pointSize: "9" });
  store.set({ metadata: { columns: [], rows: ROWS, lines: ROWS, problems: [] } });
  expect(store.state.addressNotes).toEqual([]);
});
