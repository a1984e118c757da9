/** The rows of the table and those that pass the filters: when they are looked for, and whose answer counts. */
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { followTable } from "../../../src/features/table/follow";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import type { TableAnswer } from "../../../src/worker/table_messages";
import { Tables } from "../../../src/worker/tables";
import { numberColumn, textColumn } from "../../node/data/columns";
import { projectionOf, shownOf } from "../../node/features/shown_data";

const WORDS = ["ant", "bee", "cat", "dog"];
const ROWS = WORDS.length;
const SHORT = { kind: "range", column: "length", min: null, max: 2 } as const;
const LONG = { ...SHORT, min: 3, max: null };
/** Longer than any pause of a typist that delays filtering. */
const PAUSE_MS = 1000;
const BY_LENGTH = [{ column: "length", isDescending: true }] as const;

let store: Store;
let order: MockInstance<Tables["order"]>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  store = new Store();
  order = vi.spyOn(Tables.prototype, "order");
  followTable(store, new Tasks(store, async () => {}));
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), metadata: metadataOf(1, 2, 3, 4) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function metadataOf(...lengths: number[]): State["metadata"] {
  const columns = [textColumn("word", WORDS), numberColumn("length", lengths)];
  return { columns, rows: ROWS, lines: ROWS, problems: [] };
}

/** A change, after which nothing is typed for a while. */
function set(patch: Partial<State>): void {
  store.set(patch);
  vi.advanceTimersByTime(PAUSE_MS);
}

const listed = (rows: Int32Array | null) => rows && [...rows];
const filtered = () => listed(store.state.filteredRows);
const inOrder = () => listed(store.state.tableRows);
/** What the worker was asked for. */
const tasks = () => order.mock.calls.map(([task]) => task);

it("pass the filters of a closed table too, whose order nobody asks for", async () => {
  set({ tableSort: BY_LENGTH, filters: [SHORT] });
  await expect.poll(filtered).toEqual([0, 1]);
  expect(tasks()).toMatchObject([{ rows: ROWS, filters: [SHORT], keys: [], among: null }]);
});

it("are sorted once the table is open", async () => {
  set({ tableSort: BY_LENGTH });
  expect(tasks()).toEqual([]);
  set({ tableOpen: true });
  await expect.poll(inOrder).toEqual([3, 2, 1, 0]);
  expect(tasks()).toHaveLength(1);
});

it("are all of them, at once and without the worker, where nothing filters or sorts", async () => {
  set({ filters: [SHORT] });
  await expect.poll(filtered).toEqual([0, 1]);
  set({ filters: [], tableOpen: true });
  expect([filtered(), inOrder()]).toEqual([null, null]);
  set({ filters: [LONG] });
  await expect.poll(filtered).toEqual([2, 3]);
  expect(tasks().map(({ filters }) => filters)).toEqual([[SHORT], [LONG]]);
});

it("are looked for once after quick changes, by the last of them", async () => {
  const seen: unknown[] = [];
  store.subscribe((_state, changed) => changed.has("filteredRows") && seen.push(filtered()));
  store.set({ filters: [SHORT] });
  set({ filters: [LONG] });
  await expect.poll(filtered).toEqual([2, 3]);
  expect([seen, tasks().length]).toEqual([[[2, 3]], 1]);
});

it("of filters that were changed while the worker was at it are dropped", async () => {
  const seen: unknown[] = [];
  store.subscribe((_state, changed) => changed.has("filteredRows") && seen.push(filtered()));
  let answer: (late: TableAnswer) => void = () => {};
  order.mockReturnValueOnce(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  set({ filters: [SHORT] });
  expect(tasks()).toHaveLength(1);
  set({ filters: [LONG] });
  answer({ filtered: Int32Array.of(0, 1), order: null });
  await expect.poll(filtered).toEqual([2, 3]);
  expect(seen).toEqual([[2, 3]]);
});

it("wait for metadata that filters name, and are those of other metadata once it comes", async () => {
  set({ filters: [SHORT] });
  await expect.poll(filtered).toEqual([0, 1]);
  set({ metadata: null });
  expect([filtered(), tasks().length]).toEqual([null, 1]);
  set({ metadata: metadataOf(4, 3, 2, 1) });
  await expect.poll(filtered).toEqual([2, 3]);
  expect(tasks()).toHaveLength(2);
});

it("follow the selection only where the table is of selected points", async () => {
  set({ tableOpen: true, tableSort: BY_LENGTH });
  await expect.poll(inOrder).toEqual([3, 2, 1, 0]);
  set({ selection: Int32Array.of(0, 2) });
  expect(tasks()).toHaveLength(1);
  set({ tableOnlySelected: true });
  await expect.poll(inOrder).toEqual([2, 0]);
  set({ selection: Int32Array.of(1, 2) });
  await expect.poll(inOrder).toEqual([2, 1]);
});

it("follow the picture only where they are sorted by a place in it", async () => {
  const flat = (...values: number[]) => {
    const x = Float32Array.from(values);
    return { projection: { ...projectionOf(ROWS), components: [x, x, x] } };
  };
  set({ tableOpen: true, tableSort: BY_LENGTH });
  await expect.poll(inOrder).toEqual([3, 2, 1, 0]);
  set(flat(1, 2, 4, 3));
  expect(tasks()).toHaveLength(1);
  set({ tableSort: [{ column: "@x", isDescending: false }] });
  await expect.poll(inOrder).toEqual([0, 1, 3, 2]);
  set(flat(4, 2, 1, 3));
  await expect.poll(inOrder).toEqual([2, 1, 3, 0]);
});

it("follow a layout as it runs; what a closed table is sorted by is not looked for", async () => {
  const moved = (...values: number[]) => {
    const x = Float32Array.from(values);
    store.set({ projection: { ...projectionOf(ROWS), components: [x, x, x] } });
    vi.advanceTimersByTime(16);
  };
  set({ tableOpen: true, tableSort: [{ column: "@x", isDescending: false }] });
  await expect.poll(inOrder).not.toBeNull();
  const before = tasks().length;
  for (let frame = 0; frame < 60; frame++) moved(frame, 2, 4, 3);
  expect(tasks().length).toBeGreaterThan(before);
  const goOn = () => {
    moved(4, 2, 1, 3);
    return inOrder();
  };
  await expect.poll(goOn).toEqual([2, 1, 3, 0]);
  set({ tableOpen: false, filters: [SHORT] });
  await expect.poll(filtered).toEqual([0, 1]);
  const filtering = tasks().length;
  moved(1, 2, 3, 4);
  vi.advanceTimersByTime(PAUSE_MS);
  expect(tasks()).toHaveLength(filtering);
});

it("are of isolated points alone", async () => {
  set({ tableOpen: true, tableSort: BY_LENGTH, subset: { name: "s", rows: Int32Array.of(0, 3), words: "" } });
  await expect.poll(inOrder).toEqual([3, 0]);
});

describe("of a worker that fails", () => {
  const failure = () => store.state.failures.table;

  it("there are none, which is said until the next change", async () => {
    order.mockRejectedValueOnce(new Error("out of memory"));
    set({ filters: [SHORT] });
    const message = "The rows could not be filtered or sorted: out of memory";
    await expect.poll(failure).toEqual({ message, fix: "Reload the page." });
    set({ filters: [LONG] });
    expect(failure()).toBeUndefined();
    await expect.poll(filtered).toEqual([2, 3]);
  });

  it("are those of the next one", async () => {
    const broken = class extends EventTarget {
      postMessage = () => this.dispatchEvent(new ErrorEvent("error", { message: "It broke." }));
      terminate = () => {};
    };
    vi.stubGlobal("Worker", broken);
    set({ filters: [SHORT] });
    await expect.poll(() => failure()?.message).toContain("It broke.");
    vi.unstubAllGlobals();
    set({ filters: [LONG] });
    await expect.poll(filtered).toEqual([2, 3]);
  });
});
