/** Layouts, axes, quality and what is drawn as it is, on a real store with real workers; only the server's answers are made here. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Parameters as RequestParameters } from "../../../src/api/parameters";
import { emptyAxis } from "../../../src/data/axes";
import type { NeighborGraph } from "../../../src/data/graph";
import { SHORTEST } from "../../../src/data/number_spelling";
import type { Projection } from "../../../src/data/projection";
import type { Shown } from "../../../src/data/runs";
import { TextDictionary } from "../../../src/data/text_dictionary";
import { feature as asIs } from "../../../src/features/as_is";
import { feature as axes } from "../../../src/features/axes";
import type { AxisRequest } from "../../../src/features/axes/requests";
import type { Context } from "../../../src/features/feature";
import { feature as layout } from "../../../src/features/layout";
import { changedSinceStart } from "../../../src/features/layout/started_with";
import { followScreenNeighbors } from "../../../src/features/point/screen_neighbors";
import { feature as quality } from "../../../src/features/quality";
import type { Actions } from "../../../src/state/actions";
import { drawnCoordinates, drawnDimensions, isQualityCurrent } from "../../../src/state/derived";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { TaskName } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { AWAY_AFTER_MS, Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
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
  const tasks = new Tasks(store, () => {});
  actions = { cancel: (task: TaskName) => tasks.cancelOnRequest(task) } as Actions;
  const context = { store, client: makeClient(), tasks, presence, coordinates: new MethodCoordinates(store) };
  for (const feature of [layout, axes, asIs, quality])
    Object.assign(actions, feature.start!(context as Partial<Context> as Context));
  followScreenNeighbors(store);
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
});
afterEach(() => {
  vi.useRealTimers();
  actions.stopLayout();
  frame.style.height = "";
});

function makeClient(): FakeClient {
  return new FakeClient({
    "GET graph": async ({ parameters }, { watch, signal }) => {
      requests.push(queryOf(parameters!));
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
    "POST projections": ({ json }) => {
      const axes = axesOf(json!);
      requests.push(axes);
      const columns = axes.map((_, index) => new Float32Array(ROWS).fill(index));
      return { columns, axes: [], rows: ROWS, finiteRows: ROWS, space: "as stored", problems: [] };
    },
    "GET projections": () => projectionOf(ROWS),
    "GET tensors": ({ parameters }) => {
      const dims = String(parameters!.dims).split(",").map(Number);
      requests.push(dims);
      return dims.map((dim) => new Float32Array(ROWS).fill(dim));
    },
    "POST quality": async ({ parameters, columns }, { signal }) => {
      const query = queryOf(parameters!);
      requests.push({ coordinates: { z: null, ...columns }, query });
      await untilReady(signal);
      const estimate = { value: 0.9, low: 0.8, high: 1 };
      const counts = { sampledRows: ROWS, drawnRows: ROWS, rows: ROWS, recall: 1, seed: 0, problems: [] };
      const measured = { kept: 0.5, keptByRow: new Float32Array(ROWS).fill(0.5), space: "as stored", ...query };
      return { ...measured, ...counts, trustworthiness: estimate, continuity: estimate };
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

function queryOf({ k, metric }: RequestParameters) {
  return { k, metric };
}

/** The axes as they were before they became JSON. */
function axesOf(json: string): AxisRequest[] {
  const { axes } = JSON.parse(json) as { axes: { random?: number; add: number[]; subtract?: number[] }[] };
  return axes.map(({ random, add, subtract }) =>
    random === undefined
      ? { add: Int32Array.from(add), subtract: subtract === undefined ? null : Int32Array.from(subtract) }
      : { random },
  );
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

function shownOf(rows: number): Shown {
  const step = { step: 1, version: "v", shape: [rows, 64] as [number, number], dtype: "float32", file: "f" };
  return { run: { name: "r" }, embedding: { name: "e", metadata: null, sprite: null }, step } as unknown as Shown;
}

function projectionOf(rows: number): Projection {
  const components = [0, 1, 2].map((first) => Float32Array.from({ length: rows }, (_, row) => Math.sin(first + row)));
  const fields = { varianceRatios: [0.5, 0.3, 0.2], rows, finiteRows: rows, space: "as stored", problems: [] };
  return { method: "pca", components, ...fields };
}

const phase = () => store.state.layout?.phase;
/** A frame of a layout that is on its way is taken by the page's next frame; this waits for the one after that. */
const twoFrames = async () => {
  for (let turn = 0; turn < 2; turn++) await new Promise(requestAnimationFrame);
};
const hasGoneOn = (from: number) => expect.poll(() => store.state.coordinates!.iteration!).toBeGreaterThan(from);
const isRunning = () => expect.poll(() => phase() === "running" && store.state.layout!.iteration > 3).toBe(true);

async function run(patch: Parameters<Store["set"]>[0] = {}): Promise<void> {
  store.set({ method: "umap", epochs: 10_000, ...patch });
  actions.runLayout();
  await isRunning();
}

describe("a layout", () => {
  it("does not run unasked: PCA's picture stands in", async () => {
    vi.useFakeTimers();
    store.set({ method: "tsne" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([requests, store.state.layout, store.state.coordinates]).toEqual([[], null, null]);
    expect(drawnCoordinates(store.state)!.method).toBe("pca");
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

  it("freezes at a pause, goes on, and keeps its picture when it is stopped", async () => {
    await run();
    actions.toggleLayout();
    const { coordinates } = store.state;
    await twoFrames();
    expect([phase(), store.state.coordinates]).toEqual(["paused", coordinates]);
    actions.toggleLayout();
    await expect.poll(() => store.state.coordinates!.iteration! > coordinates!.iteration!).toBe(true);
    actions.stopLayout();
    expect(phase()).toBe("ended");
    expect(store.state.coordinates!.x.every(Number.isFinite)).toBe(true);
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

  it("can be canceled while its graph is made", async () => {
    graphReady = new Promise(() => {});
    store.set({ method: "umap" });
    actions.runLayout();
    await expect.poll(() => store.state.tasks.graph?.progress?.share).toBe(0.5);
    actions.cancel("graph");
    await expect.poll(() => store.state.layout).toBeNull();
    expect([isCanceled, store.state.tasks, store.state.failures]).toEqual([true, {}, {}]);
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
});

describe("axes", () => {
  const words = ["king", "queen", "king size", "other"];
  const search = (text: string, regex = false) => ({ text, regex, column: null });

  beforeEach(() => {
    const bytes = new TextEncoder().encode(words.join(""));
    const ends = words.map((_, at) => words.slice(0, at + 1).join("").length);
    const dictionary = new TextDictionary(bytes, Int32Array.of(0, ...ends));
    const codes = Int32Array.from({ length: ROWS }, (_, row) => Math.min(row, 3));
    const column = { kind: "text", name: "label", rows: ROWS, codes, dictionary } as const;
    store.set({ metadata: { columns: [column], rows: ROWS, lines: ROWS, problems: [] }, method: "axes" });
  });

  it("count what their searches find, and lead from one mean to the other", async () => {
    const x = { kind: "searches", add: search("king"), subtract: search("^queen$", true) } as const;
    store.set({ axes: [x, { kind: "pca", component: 2 }, emptyAxis("searches")] });
    await expect.poll(() => store.state.axisCounts[0]).toEqual({ add: 2, subtract: 1, failure: null });
    actions.projectAxes();
    await expect.poll(() => store.state.coordinates?.method).toBe("axes");
    expect(requests).toEqual([[{ add: Int32Array.of(0, 2), subtract: Int32Array.of(1) } satisfies AxisRequest]]);
    expect(store.state.coordinates!.axisNames).toEqual(["king − ^queen$", "PC 3"]);
    expect(store.state.coordinates!.y).toEqual(projectionOf(ROWS).components[2]);
  });

  it("lead from one point to another, and from one selection to another", async () => {
    store.set({
      axes: [
        { kind: "points", add: 2, subtract: 1 },
        { kind: "selections", add: [0, 2, 599], subtract: [1] },
        emptyAxis("random"),
      ],
    });
    actions.projectAxes();
    await expect.poll(() => store.state.coordinates?.axisNames).toEqual(["king size − queen", "3 points − 1 point"]);
    const rows = (...of: number[]) => Int32Array.from(of);
    expect(requests).toEqual([
      [
        { add: rows(2), subtract: rows(1) },
        { add: rows(0, 2, 599), subtract: rows(1) },
      ] satisfies AxisRequest[],
    ]);
  });

  it.each([
    [emptyAxis("searches"), "has no search"],
    [{ kind: "searches", add: search("nobody"), subtract: search("") } as const, "nothing matches «nobody»"],
    [{ kind: "searches", add: search("(", true), subtract: search("") } as const, "Invalid regular expression"],
    [emptyAxis("points"), "has no point"],
    [emptyAxis("selections"), "has no points"],
    [{ kind: "points", add: ROWS, subtract: null } as const, "leads to row 600"],
    [{ kind: "points", add: 0, subtract: ROWS } as const, "starts at row 600, and there are 600 rows"],
    [{ kind: "selections", add: [0, 9999], subtract: [] } as const, "leads to row 9,999"],
    [{ kind: "selections", add: [0], subtract: [1, ROWS] } as const, "starts at row 600"],
    [{ kind: "pca", component: 4 } as const, "component 5, and there are 3"],
  ])("that lead nowhere say why (%#)", async (axis, words) => {
    store.set({ axes: [axis, emptyAxis("random"), emptyAxis("random")] });
    actions.projectAxes();
    await expect.poll(() => store.state.failures.axes?.message).toContain(words);
    expect(store.state.failures.axes!.fix).not.toBe("");
    expect(store.state.coordinates).toBeNull();
  });

  it("lead to a point, to selected ones or anywhere, and are named after that", async () => {
    const ends = { kind: "points", add: 1, subtract: 0 } as const;
    store.set({ dimensions: 3 });
    store.set({ axes: [ends, { kind: "selections", add: [0, 2], subtract: [3] }, { kind: "random", seed: 7 }] });
    actions.projectAxes();
    await expect
      .poll(() => store.state.coordinates?.axisNames)
      .toEqual(["queen − king", "2 points − 1 point", "random 7"]);
    const [one, two] = [
      { add: Int32Array.of(1), subtract: Int32Array.of(0) },
      { add: Int32Array.of(0, 2), subtract: Int32Array.of(3) },
    ];
    expect(requests).toEqual([[one, two, { random: 7 }] satisfies AxisRequest[]]);
  });

  it("that search while there is no metadata say so", async () => {
    const x = { kind: "searches", add: search("king"), subtract: search("") } as const;
    store.set({ metadata: null, axes: [x, emptyAxis("random"), emptyAxis("random")] });
    actions.projectAxes();
    await expect.poll(() => store.state.failures.axes?.message).toContain("no metadata to search in");
  });

  it("whose expression would run forever say so, and the page goes on", async () => {
    const long = `${"a".repeat(40)}!`;
    const dictionary = new TextDictionary(new TextEncoder().encode(long), Int32Array.of(0, long.length));
    const column = { kind: "text", name: "label", rows: 1, codes: Int32Array.of(0), dictionary } as const;
    store.set({ metadata: { columns: [column], rows: 1, lines: 1, problems: [] } });
    store.set({
      axes: [
        { kind: "searches", add: search("(a+)+$", true), subtract: search("") },
        emptyAxis("random"),
        emptyAxis("random"),
      ],
    });
    await expect.poll(() => store.state.axisCounts[0]?.failure?.message).toContain("took longer than 1 s");
  });
});

describe("as it is", () => {
  it("draws dimensions and columns, in two or three dimensions, and reads each once", async () => {
    const age = {
      kind: "number",
      name: "age",
      rows: ROWS,
      values: new Float64Array(ROWS).fill(42),
      spelling: SHORTEST,
    } as const;
    store.set({ metadata: { columns: [age], rows: ROWS, lines: ROWS, problems: [] }, method: "as_is" });
    await expect.poll(() => store.state.coordinates?.axisNames).toEqual(["dim 0", "dim 1"]);
    expect(drawnDimensions(store.state)).toBe(2);
    store.set({
      dimensions: 3,
      asIs: [
        { kind: "dimension", dimension: 9 },
        { kind: "dimension", dimension: 0 },
        { kind: "column", column: "age" },
      ],
    });
    await expect.poll(() => store.state.coordinates?.axisNames).toEqual(["dim 9", "dim 0", "age"]);
    expect(store.state.coordinates!.z).toEqual(new Float32Array(ROWS).fill(42));
    expect(requests).toEqual([[0, 1], [9]]);
    store.set({
      asIs: [
        { kind: "column", column: "nobody" },
        { kind: "dimension", dimension: 0 },
        { kind: "dimension", dimension: 1 },
      ],
    });
    await expect.poll(() => store.state.failures.dimensions?.message).toContain("«nobody»");
  });
});

it("quality is of the picture on the screen, and colors it", async () => {
  expect(store.state.quality).toBeNull();
  actions.measureQuality();
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
});

it("quality can be canceled while it is measured", async () => {
  graphReady = new Promise(() => {});
  actions.measureQuality();
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

it("the selected point's neighbors on the screen are known", async () => {
  store.set({ row: 3 });
  await expect.poll(() => store.state.screenNeighbors?.rows.length).toBe(15);
  store.set({ row: null });
  expect(store.state.screenNeighbors).toBeNull();
});
