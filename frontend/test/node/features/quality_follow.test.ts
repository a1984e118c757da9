/** The quality of the picture: measured on request only, of what is on the screen, and gone with its data. */
import { beforeEach, expect, it } from "vitest";
import type { ServerRequest } from "../../../src/api/client";
import { ApiError } from "../../../src/api/failure";
import { Measuring } from "../../../src/features/quality/follow";
import { isQualityCurrent } from "../../../src/state/derived";
import { Store } from "../../../src/state/store";
import type { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { LateAnswers } from "../../late_answers";
import { projectionOf, shownOf } from "./shown_data";

const ROWS = 600;

let store: Store;
let tasks: Tasks;
let actions: { measureQuality(): Promise<void>; cancel(task: "quality"): void };
/** Requests that the server received, each answered once the test says so. */
let late: LateAnswers;
let isCanceled: boolean;
let requests: { query: unknown; coordinates: object }[];

beforeEach(() => {
  [store, late, requests, isCanceled] = [new Store(), new LateAnswers(), [], false];
  tasks = new Tasks(store, async () => {});
  const client = new FakeClient({
    "POST quality": (request, { signal }) => {
      const { k, metric } = request.parameters!;
      requests.push({ query: { k, metric }, coordinates: { z: null, ...request.columns } });
      signal.addEventListener("abort", () => {
        isCanceled = true;
      });
      return late.wait(request);
    },
  });
  const measuring = new Measuring(store, client, tasks, {} as Presence);
  actions = {
    measureQuality: () => measuring.measure(),
    cancel: (task) => tasks.cancelOnRequest(task),
  };
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
});

/** What the server answers to it. */
function measured({ parameters }: ServerRequest, rows = ROWS) {
  const { k, metric } = parameters!;
  const estimate = { value: 0.9, low: 0.8, high: 1 };
  const counts = { sampledRows: ROWS, drawnRows: ROWS, rows: ROWS, recall: 1, seed: 0, problems: [] };
  const kept = { kept: 0.5, keptByRow: new Float32Array(rows).fill(0.5), space: "as stored", k, metric };
  return { ...kept, ...counts, trustworthiness: estimate, continuity: estimate };
}

function answer(at = 0, rows = ROWS): void {
  late.asked[at]!.answer(measured(late.asked[at]!.request, rows));
}

it("is of the picture on the screen, and colors it", async () => {
  expect(store.state.quality).toBeNull();
  void actions.measureQuality();
  answer();
  await expect.poll(() => store.state.quality?.kept).toBe(0.5);
  expect(requests).toMatchObject([{ query: { k: 15, metric: "cosine" }, coordinates: { z: null } }]);
  expect([store.state.colorByQuality, isQualityCurrent(store.state)]).toEqual([true, true]);
  for (const [change, back] of [
    [{ components: [1, 2, 0] }, { components: [0, 1, 2] }],
    [{ metric: "euclidean" }, { metric: "cosine" }],
    [{ spherize: true }, { spherize: false }],
  ] as const) {
    store.set(change);
    expect(isQualityCurrent(store.state), JSON.stringify(change)).toBe(false);
    store.set(back);
    expect(isQualityCurrent(store.state)).toBe(true);
  }
  expect(requests).toHaveLength(1); // None of these changes measures anew.
});

it("can be canceled while it is measured", async () => {
  void actions.measureQuality();
  await expect.poll(() => store.state.tasks.quality).toBeDefined();
  await expect.poll(() => requests.length).toBe(1);
  actions.cancel("quality");
  await expect.poll(() => isCanceled).toBe(true);
  expect([store.state.tasks.quality, store.state.failures.quality, store.state.quality]).toEqual([
    undefined,
    undefined,
    null,
  ]);
});

it("is forgotten with its data, and with it the colors; so is one that comes late", async () => {
  const first = actions.measureQuality();
  answer(0);
  await first;
  expect(store.state.colorByQuality).toBe(true);
  const second = actions.measureQuality();
  store.set({ shown: shownOf(ROWS) });
  expect([store.state.quality, store.state.colorByQuality, store.state.tasks]).toEqual([null, false, {}]);
  answer(1);
  await second;
  expect([store.state.quality, store.state.colorByQuality]).toEqual([null, false]);
});

it("no longer gives the colors once another column does", async () => {
  const done = actions.measureQuality();
  answer(0);
  await done;
  expect(store.state.colorByQuality).toBe(true);
  store.set({ colorBy: "tag" });
  expect([store.state.colorByQuality, store.state.quality === null]).toEqual([false, false]);
});

it("is that of the newest request only", async () => {
  const seen: unknown[] = [];
  store.subscribe(({ quality }, changed) => changed.has("quality") && seen.push(quality?.metric));
  const first = actions.measureQuality();
  store.set({ metric: "dot" });
  const second = actions.measureQuality();
  answer(0);
  answer(1);
  await Promise.all([first, second]);
  expect(seen).toEqual(["dot"]);
});

it("of isolated points is of their coordinates alone, and of no other row", async () => {
  const subset = { name: "s", rows: Int32Array.of(3, 7, 9, 11), words: "by lasso" };
  store.set({ subset });
  const done = actions.measureQuality();
  expect(requests[0]).toMatchObject({ query: { k: 3 } });
  const { x } = late.asked[0]!.request.columns as { x: Float32Array };
  const component = store.state.projection!.components[0]!;
  expect(x).toEqual(Float32Array.from(subset.rows, (row) => component[row]!));
  expect(late.parameters("subset")).toEqual(["s"]);
  answer(0, 4);
  await done;
  const { keptByRow } = store.state.quality!;
  const rowsWith = [...keptByRow.keys()].filter((row) => keptByRow[row] === 0.5);
  expect([keptByRow.length, rowsWith]).toEqual([ROWS, [3, 7, 9, 11]]);
});

it("of fewer than three points is not asked for, and the panel says why", async () => {
  store.set({ shown: shownOf(2), projection: projectionOf(2) });
  await actions.measureQuality();
  expect([requests, store.state.failures.quality?.message]).toEqual([
    [],
    "Fewer than three points have no neighbors to compare.",
  ]);
  store.set({ shown: shownOf(ROWS) });
  expect(store.state.failures).toEqual({});
});

it("that the server refuses is a failure in the panel, until it is measured again", async () => {
  const refused = actions.measureQuality();
  late.asked[0]!.refuse(new ApiError("busy", "Too much at once.", "Try again."));
  await refused;
  expect(store.state.failures.quality).toMatchObject({ message: "Too much at once.", fix: "Try again." });
  void actions.measureQuality();
  expect(store.state.failures).toEqual({});
});

it("of nothing that is drawn is not asked for", async () => {
  store.set({ projection: null });
  await actions.measureQuality();
  expect([requests, store.state.tasks]).toEqual([[], {}]);
});
