/** Layouts: their graph, their frames, their pauses and their end, on a real store with real workers. */
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../../../src/api/failure";
import type { NeighborGraph } from "../../../src/data/graph";
import type { Metadata } from "../../../src/data/metadata";
import type { Context } from "../../../src/features/feature";
import { followHistory } from "../../../src/features/history/follow";
import { feature as layout } from "../../../src/features/layout";
import { changedSinceStart } from "../../../src/features/layout/started_with";
import type { Actions } from "../../../src/state/actions";
import { drawnCoordinates } from "../../../src/state/derived";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { TaskName } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { AWAY_AFTER_MS, Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { textColumn } from "../../node/data/columns";
import { projectionOf, shownOf } from "../../node/features/shown_data";
import { digitGraph } from "../digits";

const ROWS = 600;
const presence = new Presence();
const frame = window.frameElement as HTMLIFrameElement;

let graph: Awaited<ReturnType<typeof digitGraph>>;
let store: Store;
let actions: Actions;
/** Requests that the server received. */
let requests: unknown[];
let isCanceled: boolean;
/** The graph is answered once this resolves. */
let graphReady: Promise<void>;

beforeAll(async () => {
  graph = await digitGraph(14, ROWS);
});
beforeEach(() => {
  [requests, isCanceled, graphReady] = [[], false, Promise.resolve()];
  store = new Store();
  const tasks = new Tasks(store, async () => {});
  actions = { cancel: (task: TaskName) => tasks.cancelOnRequest(task) } as Actions;
  const context = { store, client: makeClient(), tasks, presence, coordinates: new MethodCoordinates(store) };
  Object.assign(actions, layout.start!(context as Partial<Context> as Context));
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  actions.stopLayout();
  frame.style.height = "";
});

function makeClient(): FakeClient {
  return new FakeClient({
    "GET graph": async ({ parameters }, { watch, signal }) => {
      const { k, metric } = parameters!;
      requests.push({ k, metric });
      const job = {
        id: "1",
        kind: "graph",
        words: "Neighbors",
        state: "running",
        result: "",
        first: null,
        error: null,
      } as const;
      watch.onProgress({ ...job, progress: 0.5, seconds_left: 2 });
      await untilReady(signal);
      return neighborGraph();
    },
  });
}

function untilReady(signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => {
      isCanceled = true;
      reject(signal.reason);
    }),
  );
  return Promise.race([graphReady, aborted]);
}

function neighborGraph(): NeighborGraph {
  const arrays = { neighbors: graph.neighbors.slice(), distances: graph.distances.slice() };
  const fields = {
    linkedRows: ROWS,
    method: "exact",
    recall: 1,
    recallRows: 1000,
    tried: [],
    space: "as stored",
  } as const;
  return { ...graph, ...arrays, ...fields, crowdedRows: 0, problems: [], first: null };
}

const phase = () => store.state.layout?.phase;
/** A frame of a layout that is on its way is taken by the page's next frame; this waits for the one after that. */
const twoFrames = async () => {
  for (let turn = 0; turn < 2; turn++) await new Promise(requestAnimationFrame);
};
const hasGoneOn = (from: number) => expect.poll(() => store.state.coordinates!.iteration!).toBeGreaterThan(from);
/** Whether the numbers shown are those of the picture. */
const saysItsPicture = () => store.state.layout!.iteration === store.state.coordinates!.iteration;
const isRunning = () => expect.poll(() => phase() === "running" && store.state.layout!.iteration > 3).toBe(true);

async function run(patch: Parameters<Store["set"]>[0] = {}): Promise<void> {
  store.set({ method: "umap", epochs: 10_000, ...patch });
  actions.runLayout();
  await isRunning();
}

it.each(["tsne", "umap"] as const)("%s does not run unasked: PCA's picture stands in", async (method) => {
  vi.useFakeTimers();
  store.set({ method });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([requests, store.state.layout, store.state.coordinates]).toEqual([[], null, null]);
  expect(drawnCoordinates(store.state)!.method).toBe("pca");
});

it("is undone: the picture before it comes back, then none, and redo brings back both", async () => {
  const history = followHistory(store);
  const seen = () => [[...store.state.coordinates!.x], store.state.layout!.phase, store.state.layout!.iteration];
  const ended = (one: ReturnType<typeof seen>) => [one[0], "ended", one[2]];
  await run();
  actions.stopLayout();
  const first = seen();
  store.set({ minDist: 0.9 });
  await Promise.resolve(); // The end of the turn: the run is a step of its own.
  await run();
  history.undo();
  expect([seen(), store.state.minDist]).toEqual([first, 0.9]);
  history.redo();
  const second = seen();
  expect(second[1]).toBe("ended");
  expect(second[0]).not.toEqual(first[0]);
  history.undo();
  expect([store.state.minDist, store.state.undoWords]).toEqual([0.9, "change of min. distance"]);
  history.undo();
  expect([seen(), store.state.minDist, store.state.undoWords]).toEqual([first, 0.1, "run of UMAP"]);
  history.undo();
  expect([store.state.coordinates, store.state.layout]).toEqual([null, null]);
  for (const picture of [first, first, second]) {
    history.redo();
    expect(seen()).toEqual(ended(picture));
  }
});

it("of the other method is kept, too, and neither undo nor redo mixes them", async () => {
  const history = followHistory(store);
  await run();
  await run({ method: "tsne" });
  expect(store.state.undoWords).toBe("run of t-SNE");
  history.undo();
  expect([store.state.method, store.state.layout!.of, phase()]).toEqual(["umap", "umap", "ended"]);
  expect(store.state.coordinates!.method).toBe("umap");
  history.redo();
  expect([store.state.method, store.state.layout!.of, phase()]).toEqual(["tsne", "tsne", "ended"]);
  expect(store.state.coordinates!.method).toBe("tsne");
});

it("says what it does, from the graph to its frames", async () => {
  const seen: unknown[] = [];
  store.subscribe((state) => {
    const task = state.tasks.graph ?? state.tasks.layout;
    seen.push(
      `${state.layout?.phase} ${task?.words ?? ""} ${task?.progress?.share === 0.5 ? task.progress.secondsLeft : ""}`,
    );
  });
  await run();
  expect(requests).toEqual([{ k: 14, metric: "cosine" }]);
  const order = ["graph Looking for neighbors ", "graph Neighbors 2", "preparing Preparing UMAP ", "running  "];
  expect(order.map((words) => seen.indexOf(words)).every((at, index, all) => at > (all[index - 1] ?? -1))).toBe(true);
  const { coordinates, layout } = store.state;
  expect([coordinates!.method, coordinates!.finiteRows, coordinates!.z]).toEqual(["umap", ROWS, null]);
  expect(coordinates!.x.every(Number.isFinite)).toBe(true);
  expect([layout!.iterations, layout!.recall, layout!.recallRows]).toEqual([10_000, 1, 1000]);
  expect(changedSinceStart(store.state)).toEqual([]);
  store.set({ minDist: 0.5 });
  expect(changedSinceStart(store.state)).toEqual(["minDist"]);
});

function kinds(): Metadata {
  const cells = Array.from({ length: ROWS }, (_, row) => `${row % 3}`);
  return { columns: [textColumn("kind", cells)], rows: ROWS, lines: ROWS, problems: [] };
}

it("takes the classes of a column that arrives after its start, and does not say that there is none", async () => {
  const running = run({ superviseBy: "kind" });
  store.set({ metadata: kinds() });
  await running;
  expect(store.state.layout!.notes).toEqual([]);
});

it.each([
  ["tsne", []],
  ["umap", ["supervision"]],
] as const)("tells %s another strength at once, which leaves for a restart: %o", async (method, changed) => {
  await run({ method, metadata: kinds(), superviseBy: "kind" });
  const post = vi.spyOn(Worker.prototype, "postMessage");
  store.set({ supervision: 0.9 });
  expect(post).toHaveBeenCalledWith({ kind: "set_rates", learningRate: null, exaggeration: 12, supervision: 0.9 }, []);
  post.mockRestore();
  expect(changedSinceStart(store.state)).toEqual(changed);
});

it("freezes at a pause, goes on, and keeps its picture when it is stopped", async () => {
  await run();
  actions.toggleLayout();
  const { coordinates } = store.state;
  expect(saysItsPicture()).toBe(true);
  await twoFrames();
  expect([phase(), store.state.coordinates]).toEqual(["paused", coordinates]);
  actions.toggleLayout();
  await hasGoneOn(coordinates!.iteration!);
  actions.stopLayout();
  expect([phase(), saysItsPicture()]).toEqual(["ended", true]);
  expect(store.state.coordinates!.x.every(Number.isFinite)).toBe(true);
});

it("applies a learning rate and an exaggeration while it runs", async () => {
  const sent = vi.spyOn(Worker.prototype, "postMessage");
  await run({ method: "tsne" });
  store.set({ learningRate: 300 });
  store.set({ learningRate: 0, exaggeration: 20 });
  const rates = sent.mock.calls.map(([message]) => message).filter(({ kind }) => kind === "set_rates");
  expect(rates).toEqual([
    { kind: "set_rates", learningRate: 300, exaggeration: 12, supervision: 0.5 },
    { kind: "set_rates", learningRate: null, exaggeration: 20, supervision: 0.5 },
  ]);
});

it("whose worker fails keeps its picture, says so, and runs again", async () => {
  const workers: Worker[] = [];
  const listen = vi.spyOn(Worker.prototype, "addEventListener").mockImplementation(function (
    this: Worker,
    ...listener
  ) {
    workers.push(this);
    EventTarget.prototype.addEventListener.apply(this, listener as Parameters<EventTarget["addEventListener"]>);
  });
  await run();
  listen.mockRestore();
  for (const worker of new Set(workers)) worker.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
  expect([phase(), saysItsPicture()]).toEqual(["died", true]);
  expect(store.state.failures.layout?.message).toBe("The layout ended: its worker failed (out of memory).");
  await run();
  expect(store.state.failures).toEqual({});
});

it("is there again when one comes back from another method, and goes with its data", async () => {
  await run();
  store.set({ method: "pca" });
  expect(store.state.coordinates).toBeNull();
  store.set({ method: "umap" });
  expect(store.state.coordinates!.method).toBe("umap");
  store.set({ shown: shownOf(ROWS) });
  expect([store.state.layout, store.state.coordinates, store.state.tasks]).toEqual([null, null, {}]);
  await twoFrames();
  expect(store.state.coordinates).toBeNull();
});

it("stops by itself when there is nothing left to move, says so, and can go on", async () => {
  await run({ method: "tsne" });
  await expect.poll(phase, { timeout: 120_000 }).toBe("paused");
  expect(store.state.layout!.pausedBecause).toMatch(/^Stopped by itself/);
  expect([saysItsPicture(), store.state.layout!.klDivergence! > 0]).toEqual([true, true]);
  const { iteration } = store.state.layout!;
  actions.resumeLayout();
  expect(store.state.layout!.pausedBecause).toBeNull();
  await hasGoneOn(iteration);
});

it("says that its vectors have been replaced, unless the user has chosen others", async () => {
  await run();
  store.set({ shown: shownOf(ROWS) });
  expect([store.state.layout, store.state.failures.graph?.message]).toEqual([
    null,
    "UMAP has ended: its vectors have been replaced by newer ones.",
  ]);
  await run();
  expect(store.state.failures).toEqual({});
  store.set({ step: 2 });
  store.set({ shown: shownOf(ROWS) });
  expect([store.state.layout, store.state.failures]).toEqual([null, {}]);
});

it("goes on saying that its file has changed once the newer vectors come", async () => {
  graphReady = Promise.reject(new ApiError("stale", "It was computed of other files.", "Ask again.", "a/model.ckpt"));
  store.set({ method: "umap" });
  actions.runLayout();
  const message = "a/model.ckpt changed during «Neighbors».";
  await expect.poll(() => store.state.failures.graph?.message).toBe(message);
  store.set({ shown: shownOf(ROWS) });
  expect([store.state.layout, store.state.failures.graph?.message]).toEqual([null, message]);
  store.set({ step: 2 });
  store.set({ shown: shownOf(ROWS) });
  expect(store.state.failures).toEqual({});
});

it("can be canceled while its graph is made", async () => {
  graphReady = new Promise(() => {});
  store.set({ method: "umap" });
  actions.runLayout();
  await expect.poll(() => store.state.tasks.graph?.progress?.share).toBe(0.5);
  actions.cancel("graph");
  await expect.poll(() => store.state.layout).toBeNull();
  expect([isCanceled, store.state.tasks, store.state.failures]).toEqual([true, {}, {}]);
});

it.each([
  [{ step: 2 }, undefined],
  [{}, "UMAP has ended: its vectors have been replaced by newer ones."],
])("ends with its data while its graph is made, and never starts: %o", async (choice, said) => {
  let answerGraph = () => {};
  graphReady = new Promise((resolve) => {
    answerGraph = resolve;
  });
  const post = vi.spyOn(Worker.prototype, "postMessage");
  const kinds = () => post.mock.calls.map(([message]) => (message as { kind: string }).kind);
  store.set({ method: "umap" });
  actions.runLayout();
  await expect.poll(() => store.state.tasks.graph?.progress?.share).toBe(0.5);
  store.set(choice);
  store.set({ shown: shownOf(ROWS) });
  expect([isCanceled, store.state.layout, store.state.tasks]).toEqual([true, null, {}]);
  expect(store.state.failures.graph?.message).toBe(said);
  answerGraph();
  await twoFrames();
  expect([store.state.layout, store.state.tasks, store.state.coordinates]).toEqual([null, {}, null]);
  expect([requests.length, kinds().includes("start")]).toEqual([1, false]);
});

it("can be canceled while it is prepared", async () => {
  store.set({ method: "umap" });
  let cancels = 0;
  const end = store.subscribe((state) => {
    if (state.tasks.layout === undefined) return;
    queueMicrotask(() => actions.cancel("layout"));
    cancels++;
  });
  actions.runLayout();
  await expect.poll(() => cancels > 0 && store.state.layout).toBeNull();
  await twoFrames();
  end();
  expect(requests).toHaveLength(1);
  expect([store.state.layout, store.state.tasks, store.state.coordinates]).toEqual([null, {}, null]);
});

it("that cannot be says why, and how to fix it; fixed, it runs", async () => {
  store.set({ shown: shownOf(1), projection: projectionOf(1), method: "umap" });
  actions.runLayout();
  await expect.poll(() => store.state.failures.graph?.message).toContain("needs two points at least");
  expect([store.state.layout, requests]).toEqual([null, []]);
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS) });
  await run();
  expect(store.state.failures).toEqual({});
});

it("goes on in a hidden frame for a while, then pauses, and says so", async () => {
  await run();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  frame.style.height = "0";
  await expect.poll(() => presence.isVisible).toBe(false);
  const iteration = () => store.state.coordinates!.iteration!;
  const whenHidden = iteration();
  // Less than three minutes in all: half a second before each of the 200 looks at most.
  const later = () => vi.advanceTimersByTime(500) && iteration();
  await expect.poll(later, { interval: 50 }).toBeGreaterThan(whenHidden);
  expect(phase()).toBe("running");
  vi.advanceTimersByTime(AWAY_AFTER_MS);
  expect(phase()).toBe("paused");
  expect(store.state.layout!.pausedBecause).toBe("Paused: the tab was hidden for three minutes.");
  const whenPaused = iteration();
  frame.style.height = "";
  await expect.poll(() => presence.isAway).toBe(false);
  vi.useRealTimers();
  actions.resumeLayout();
  await hasGoneOn(whenPaused);
});

it("ends after an hour in a hidden frame, and leaves its picture", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  await run();
  frame.style.height = "0";
  await expect.poll(() => presence.isVisible).toBe(false);
  vi.advanceTimersByTime(AWAY_AFTER_MS);
  expect(phase()).toBe("paused");
  vi.advanceTimersByTime(60 * 60_000 - AWAY_AFTER_MS);
  expect([phase(), store.state.layout!.pausedBecause]).toEqual(["ended", expect.stringContaining("for an hour")]);
  expect([store.state.coordinates!.method, saysItsPicture()]).toEqual(["umap", true]);
});
