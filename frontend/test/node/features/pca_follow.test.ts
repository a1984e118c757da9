/** PCA's components: how many are asked for when, and whose answers count. */
import { beforeEach, expect, it } from "vitest";
import { ApiError } from "../../../src/api/failure";
import { ProjectionLoading } from "../../../src/features/pca/follow";
import { Store } from "../../../src/state/store";
import type { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { LateAnswers } from "../../late_answers";
import { projectionOf, shownOf } from "./shown_data";

/** Of so many points, all components together are more than is fetched at once. */
const MANY = 50_000;
const SUBSET = { name: "s", rows: Int32Array.of(1, 3), words: "by lasso" };

let store: Store;
let loading: ProjectionLoading;
let late: LateAnswers;

beforeEach(() => {
  [store, late] = [new Store(), new LateAnswers()];
  const client = new FakeClient({ "GET projections": late.wait });
  loading = new ProjectionLoading(store, client, new Tasks(store, async () => {}), {} as Presence);
  store.set({ shown: shownOf(MANY) });
});

const counts = () => late.parameters("components");
const have = () => store.state.projection?.components.length;

/** Answers a request with as many components as it asked for. */
function answer(at: number, rows = MANY): void {
  late.asked[at]!.answer(projectionOf(rows, Number(counts()[at])));
}

async function load(): Promise<void> {
  const loaded = loading.load();
  answer(late.asked.length - 1);
  await loaded;
}

it("are those of the picture at first, all ten if these are few bytes, and no more than there are", async () => {
  await load();
  expect([counts(), have()]).toEqual([[3], 3]);
  for (const [rows, dims] of [
    [100, 64],
    [100, 2],
    [4, 64],
  ] as const) {
    store.set({ shown: shownOf(rows, dims) });
    void loading.load();
  }
  expect(counts()).toEqual([3, 10, 2, 4]);
});

it("that are on the axes are asked for from the start", () => {
  store.set({ components: [0, 5, 1] });
  void loading.load();
  expect(counts()).toEqual([6]);
});

it("are all asked for once one beyond them is chosen, and those that were drawn stay the same arrays", async () => {
  await load();
  const [first] = store.state.projection!.components;
  store.set({ components: [2, 1, 0] });
  store.set({ components: [0, 1, 4] });
  store.set({ components: [0, 1, 5] }); // They are on their way.
  expect(counts()).toEqual([3, 10]);
  answer(1);
  await expect.poll(have).toBe(10);
  expect(store.state.projection!.components[0]).toBe(first);
  loading.loadAll();
  store.set({ components: [0, 1, 9] });
  expect(counts()).toEqual([3, 10]);
});

it("are asked for anew in another space, and only then", async () => {
  await load();
  for (const change of [{ metric: "dot" }, { method: "tsne" }, { row: 3 }, { dimensions: 2 }] as const)
    store.set(change);
  store.set({ spherize: true });
  store.set({ spherize: false, subset: SUBSET });
  expect([late.parameters("spherize"), late.parameters("subset")]).toEqual([
    [null, 1, null],
    [null, null, "s"],
  ]);
});

it("of isolated points are those of their rows, and of no other", async () => {
  await load();
  store.set({ subset: SUBSET });
  expect(store.state.tasks.projection!.words).toBe("Computing PCA of 2 × 64");
  answer(1, 2);
  await expect.poll(() => store.state.projection?.subset).toBe(SUBSET);
  const [x] = store.state.projection!.components;
  const finite = [...x!.keys()].filter((row) => Number.isFinite(x![row]));
  expect([x!.length, finite]).toEqual([MANY, [1, 3]]);
});

it("of a space that has been left, or of other data, are dropped", async () => {
  const seen: unknown[] = [];
  store.subscribe(({ projection }, changed) => changed.has("projection") && seen.push(projection?.space));
  const inSpace = (at: number, space: string) =>
    late.asked[at]!.answer({ ...projectionOf(MANY, Number(counts()[at])), space });
  void loading.load();
  store.set({ spherize: true });
  store.set({ shown: shownOf(MANY) });
  const loaded = loading.load();
  inSpace(0, "as stored");
  inSpace(1, "of the step before");
  inSpace(2, "spherized");
  await loaded;
  expect(seen).toEqual(["spherized"]);
});

it("that the server refuses are a failure, which is forgiven when they are loaded again", async () => {
  const refused = loading.load();
  late.asked[0]!.refuse(new ApiError("bad_data", "It is cut off.", "Copy it again."));
  await refused;
  expect([store.state.projection, store.state.failures.projection?.message]).toEqual([null, "It is cut off."]);
  await load();
  expect([have(), store.state.failures]).toEqual([3, {}]);
});

it("are not asked for without data, and what failed is forgotten with it", () => {
  store.set({ failures: { projection: { message: "It is cut off.", fix: "" } } });
  store.set({ shown: null, spherize: true });
  void loading.load();
  expect([late.asked, store.state.failures]).toEqual([[], {}]);
});
