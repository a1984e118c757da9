/** The neighbors of the selected point, on a real store; only the server's answers are made here. */
import { beforeEach, expect, it, vi } from "vitest";
import { type Neighborhood, nearestRows } from "../../../src/data/neighborhood";
import type { Context } from "../../../src/features/feature";
import { feature as neighbors } from "../../../src/features/neighbors";
import type { fetchNeighborhood } from "../../../src/features/neighbors/requests";
import { makeSelecting } from "../../../src/features/selection/selecting";
import type { Actions } from "../../../src/state/actions";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { dataState } from "../page/mounted_page";

const ROWS = 5;

let store: Store;
let actions: Actions;
let focus: ReturnType<typeof vi.fn>;
/** Requests that the server received. */
let requests: unknown[];
/** Each request is answered once this resolves. */
let ready: Promise<void>;

beforeEach(() => {
  ready = Promise.resolve();
  [requests, focus] = [[], vi.fn()];
  store = new Store();
  actions = makeSelecting(store) as Actions;
  const client = new FakeClient({
    "GET neighbors": async ({ parameters }): Promise<Neighborhood> => {
      const { row, k, metric } = parameters as unknown as Parameters<typeof fetchNeighborhood>[2];
      const query = { row, k, metric };
      requests.push(query);
      await ready;
      const others = [0, 1, 2, 3, 4].filter((row) => row !== query.row);
      const rows = Int32Array.from(others.slice(0, query.k));
      return { ...query, rows, distances: new Float32Array(rows.length), space: "as stored", exact: true };
    },
  });
  const context = { store, client, tasks: new Tasks(store, async () => {}), actions, focus } as unknown as Context;
  Object.assign(actions, neighbors.start!(context));
  store.set(dataState(ROWS));
});

const found = () => store.state.neighborhood?.row;

it("are asked for when a point, a metric or a number is chosen, and of no more points than there are", async () => {
  store.set({ row: 3 });
  await expect.poll(found).toBe(3);
  store.set({ metric: "euclidean", neighborCount: 2 });
  await expect.poll(() => store.state.neighborhood?.metric).toBe("euclidean");
  expect(requests).toEqual([
    { row: 3, k: 4, metric: "cosine" },
    { row: 3, k: 4, metric: "euclidean" },
  ]);
  expect(store.state.neighborhood!.rows).toEqual(Int32Array.of(0, 1));
  expect(store.state.neighborhood!.distances).toHaveLength(2);
  expect(nearestRows(store.state.neighborhood!, 3), "as many as there are, listed or not").toEqual([0, 1, 2]);
  store.set({ row: null });
  expect(store.state.neighborhood).toBeNull();
});

it("become the selection with their point, are added to it, and are taken out", async () => {
  store.set({ neighborCount: 2, row: 3 });
  actions.selectNeighbors();
  expect(store.state.selection).toBeNull(); // They are on their way.
  await expect.poll(found).toBe(3);
  actions.selectNeighbors();
  expect(store.state.selection).toEqual(Int32Array.of(0, 1, 3));
  expect(store.state.selectionWords).toBe("«<img src=x onerror=alert(1)>» and its neighbors");
  store.set({ row: 4 });
  await expect.poll(found).toBe(4);
  actions.selectNeighbors("add");
  expect(store.state.selection).toEqual(Int32Array.of(0, 1, 3, 4));
  store.set({ row: 1 });
  await expect.poll(found).toBe(1);
  actions.selectNeighbors("subtract");
  expect(store.state.selection).toEqual(Int32Array.of(3, 4));
});

it("of a row that an address names and the data lacks are not asked for: the point is dropped", () => {
  store.set({ projection: null, row: 99 });
  expect([requests, store.state.row]).toEqual([[], 99]);
  store.set({ projection: dataState(ROWS).projection! });
  expect([requests, store.state.row]).toEqual([[], null]);
});

it("a sum of points is typed in its own section, which opens and takes the focus", () => {
  actions.focusTerms();
  expect([store.state.termsOpen, focus.mock.calls]).toEqual([true, [["sum-section"]]]);
});

it("are not asked for before there is a picture, nor for what changes none of them", async () => {
  const { projection } = store.state;
  store.set({ projection: null, row: 3 });
  expect(requests).toEqual([]);
  store.set({ projection });
  await expect.poll(found).toBe(3);
  store.set({ query: "a", dimensions: 2, pointSize: 9 });
  store.set({ projection: { ...projection! } }); // Such as one with more components.
  store.set({ row: 4 });
  await expect.poll(found).toBe(4);
  expect(requests).toEqual([
    { row: 3, k: 4, metric: "cosine" },
    { row: 4, k: 4, metric: "cosine" },
  ]);
});

it("of a space whose picture was canceled are asked for all the same", async () => {
  store.set({ row: 3 });
  await expect.poll(found).toBe(3);
  store.set({ spherize: true });
  store.set({ tasks: { projection: { words: "Computing PCA", startedAtMs: 0 } } });
  expect(store.state.neighborhood).toBeNull();
  store.set({ tasks: {} });
  await expect.poll(found).toBe(3);
  expect(requests).toHaveLength(2);
});

it("of isolated points are asked for once their picture is there, and those of all are gone at once", async () => {
  store.set({ row: 3 });
  await expect.poll(found).toBe(3);
  store.set({ subset: { name: "s", rows: Int32Array.of(0, 3, 4), words: "by lasso" } });
  expect(store.state.neighborhood).toBeNull();
  store.set({ projection: { ...store.state.projection! } });
  await expect.poll(found).toBe(3);
  expect(requests.at(-1)).toEqual({ row: 3, k: 2, metric: "cosine" });
});

it.each([
  ["spherized vectors", { spherize: true }],
  ["isolated points", { subset: { name: "s", rows: Int32Array.of(0, 3, 4), words: "by lasso" } }],
] as const)("of %s are asked for although those of before were still on their way", async (_name, change) => {
  let answer = () => {};
  ready = new Promise((resolve) => {
    answer = resolve;
  });
  const seen: unknown[] = [];
  store.subscribe(({ neighborhood }, changed) => changed.has("neighborhood") && seen.push(neighborhood?.row));
  store.set({ row: 3 });
  store.set(change);
  answer();
  await ready;
  store.set({ projection: { ...store.state.projection! } });
  await expect.poll(found).toBe(3);
  expect([requests.length, seen]).toEqual([2, [3]]);
});
