/** The search by text, on a real store and with the real worker: from the field to its matches. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Context } from "../../../src/features/feature";
import { feature as search } from "../../../src/features/search";
import { makeSelecting } from "../../../src/features/selection/selecting";
import type { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { Queries } from "../../../src/worker/queries";
import { textColumn } from "../../node/data/columns";
import { all, button, wordsOf } from "../dom";
import { dataState, mountPage } from "../page/mounted_page";
import { settled } from "../settled";

const ROWS = 6;
/** Longer than any pause of a typist that delays a search. */
const PAUSE_MS = 1000;
let mounted: Awaited<ReturnType<typeof mountPage>>;
let store: Store;
let tasks: Tasks;
let flights: number[][];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  mounted = await mountPage();
  store = mounted.store;
  flights = [];
  const pointer = { locate: (row: number) => (row === 4 ? null : [0, 0]) };
  const picture = { pointer, camera: { flyTo: (rows: Int32Array) => flights.push([...rows]) } };
  Object.assign(mounted.actions, makeSelecting(store));
  tasks = new Tasks(store, async () => {});
  const context = { store, picture, tasks, actions: mounted.actions, focus: vi.fn() } as unknown as Context;
  Object.assign(mounted.actions, search.start!(context));
  const columns = [textColumn("name", ["ant", "bee", "ant", "cat", "ant", "bee"])];
  store.set({ ...dataState(ROWS), metadata: { columns, rows: ROWS, lines: ROWS, problems: [] } });
  await settled();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const field = () => all<HTMLInputElement>('input[aria-label="Search by text"]')[0]!;

/** One keystroke after the other, without a pause. */
function type(text: string): void {
  for (let length = 1; length <= text.length; length++) {
    field().value = text.slice(0, length);
    field().dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

async function found(rows: number[]): Promise<void> {
  await vi.waitFor(() => expect([...(store.state.matches ?? [-1])]).toEqual(rows), 10_000);
}

function press(key: string, shiftKey = false): void {
  field().dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, composed: true }));
}

const isSearching = () => store.state.tasks.search !== undefined;

it("begins with the first key after a pause, before the page is drawn, and after quick typing once that ends", async () => {
  const find = vi.spyOn(Queries.prototype, "find");
  const searched = () => find.mock.calls.map(([, { text }]) => text);
  vi.advanceTimersByTime(PAUSE_MS);
  type("a");
  expect([searched(), isSearching()]).toEqual([["a"], true]);
  await found([0, 2, 3, 4]);
  vi.advanceTimersByTime(PAUSE_MS);
  type("ant");
  vi.advanceTimersByTime(20);
  expect(searched()).toEqual(["a", "an"]);
  vi.advanceTimersByTime(PAUSE_MS);
  expect(searched()).toEqual(["a", "an", "ant"]);
  await found([0, 2, 4]);
});

it("is prepared when the field gets the focus, in the columns and the case of the search", async () => {
  const prepare = vi.spyOn(Queries.prototype, "prepare");
  field().focus();
  expect(prepare.mock.calls.map(([columns, search]) => [columns.map(({ name }) => name), search])).toEqual([
    [["name"], { mode: "text", matchCase: false }],
  ]);
  type("bee");
  vi.advanceTimersByTime(PAUSE_MS);
  await found([1, 5]);
  field().blur();
  store.set({ metadata: null, metadataUpload: "1f" });
  await settled();
  field().focus();
  expect(prepare).toHaveBeenCalledTimes(1); // The columns are still on their way.
});

it("finds points by their row numbers where there is no metadata, in as many rows as there are", async () => {
  store.set({ metadata: null });
  await settled();
  expect(wordsOf(document.body)).toContain("No metadata: by row number");
  type("4");
  vi.advanceTimersByTime(PAUSE_MS);
  await found([4]);
  const { shown } = store.state;
  store.set({ shown: { ...shown!, step: { ...shown!.step, shape: [16, 3] } } });
  vi.advanceTimersByTime(PAUSE_MS);
  await found([4, 14]);
  press("Enter");
  expect(store.state.row).toBe(4);
});

it("waits for metadata that is on its way, and says that it is not there when it failed", async () => {
  const { shown } = store.state;
  const metadata = { file: "words.tsv" } as unknown as NonNullable<typeof shown>["embedding"]["metadata"];
  store.set({ metadata: null, projection: null, shown: { ...shown!, embedding: { ...shown!.embedding, metadata } } });
  await settled();
  expect(wordsOf(document.body)).toContain("No labels to search in yet");
  type("4");
  vi.advanceTimersByTime(PAUSE_MS);
  expect(isSearching()).toBe(false);
  store.set({ failures: { projection: { message: "gone", fix: "" }, metadata: { message: "gone", fix: "" } } });
  await settled();
  expect(wordsOf(document.body)).toContain("No metadata to search in");
});

it("shows the matches of the newest text only", async () => {
  type("bee");
  vi.advanceTimersByTime(PAUSE_MS);
  type("ant");
  vi.advanceTimersByTime(PAUSE_MS);
  const shown: number[][] = [];
  store.subscribe(({ matches }, changed) => changed.has("matches") && matches && shown.push([...matches]));
  await found([0, 2, 4]);
  expect(shown).toEqual([[0, 2, 4]]);
  expect(wordsOf(document.body)).toContain("3 of 6");
});

it("goes to a match for which Enter was pressed before it was found", async () => {
  type("cat");
  press("Enter");
  expect(store.state.row).toBeNull();
  vi.advanceTimersByTime(PAUSE_MS);
  await found([3]);
  expect(store.state.row).toBe(3);
});

it("walks through the matches, flies to one out of sight, and counts them", async () => {
  type("ant");
  vi.advanceTimersByTime(PAUSE_MS);
  await found([0, 2, 4]);
  await settled();
  expect(wordsOf(document.body)).toContain("3 of 6");
  press("Enter");
  press("Enter");
  expect([store.state.row, flights]).toEqual([2, []]);
  press("Enter");
  expect([store.state.row, flights]).toEqual([4, [[4]]]);
  press("Enter", true);
  await settled();
  expect(wordsOf(document.body)).toContain("2 / 3 of 6");
});

it("says what is wrong with an expression, which can be looked for as text", async () => {
  button("Regular expression").click();
  type("ant(");
  vi.advanceTimersByTime(PAUSE_MS);
  await vi.waitFor(() => expect(store.state.failures.search).toBeDefined(), 10_000);
  await settled();
  expect(field().getAttribute("aria-invalid")).toBe("true");
  button("Look for it as text").click();
  vi.advanceTimersByTime(PAUSE_MS);
  await found([]);
  await settled();
  expect(field().getAttribute("aria-invalid")).toBe("false");
  expect(wordsOf(document.body)).toContain("No point matches «ant(»");
});

it("ends when it is canceled, says so below the field, and begins again on request", async () => {
  const terminate = vi.spyOn(Worker.prototype, "terminate");
  const find = vi.spyOn(Queries.prototype, "find");
  const columns = [textColumn("name", [`${"a".repeat(40)}!`])];
  store.set({ metadata: { columns, rows: 1, lines: 1, problems: [] }, searchMode: "regex", query: "(a+)+$" });
  vi.advanceTimersByTime(PAUSE_MS);
  await vi.waitFor(() => expect(isSearching()).toBe(true));
  press("Enter");
  const searches = find.mock.calls.length;
  tasks.cancelOnRequest("search");
  await settled();
  expect([terminate.mock.calls.length, isSearching(), store.state.matches]).toEqual([1, false, null]);
  expect(wordsOf(document.body)).toContain("The search was canceled.");
  expect(field().getAttribute("aria-invalid")).toBe("false");
  vi.advanceTimersByTime(10 * PAUSE_MS);
  await settled();
  expect([find.mock.calls.length, store.state.matches]).toEqual([searches, null]);
  mounted.actions.retry.mockImplementation((name) => tasks.retry(name));
  button("Search again").click();
  await settled();
  expect([find.mock.calls.length, isSearching()]).toEqual([searches + 1, true]);
  expect(wordsOf(document.body)).not.toContain("canceled");
  store.set({ searchMode: "text", query: "!" });
  vi.advanceTimersByTime(PAUSE_MS);
  tasks.cancelOnRequest("search");
  store.set({ query: "a!" }); // What is typed next is searched for.
  vi.advanceTimersByTime(PAUSE_MS);
  await found([0]);
});

it("is emptied by Escape, with its matches", async () => {
  type("ant");
  vi.advanceTimersByTime(PAUSE_MS);
  await found([0, 2, 4]);
  press("Escape");
  expect([store.state.query, store.state.matches]).toEqual(["", null]);
});

it("is of isolated points alone while some are, and begins again with nothing else that changes", async () => {
  type("ant");
  vi.advanceTimersByTime(PAUSE_MS);
  await found([0, 2, 4]);
  const find = vi.spyOn(Queries.prototype, "find");
  store.set({ row: 1, selection: Int32Array.of(1), dimensions: 2, metric: "dot" });
  vi.advanceTimersByTime(PAUSE_MS);
  expect(find).not.toHaveBeenCalled();
  store.set({ subset: { name: "s", rows: Int32Array.of(0, 1, 4), words: "by lasso" } });
  await found([0, 4]);
  vi.advanceTimersByTime(PAUSE_MS);
  store.set({ subset: null });
  await found([0, 2, 4]);
});
