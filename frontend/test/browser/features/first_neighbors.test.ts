/** t-SNE of many points moves with its first neighbors while the others are searched: on a real store and worker. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { NeighborGraph } from "../../../src/data/graph";
import type { Projection } from "../../../src/data/projection";
import type { Shown } from "../../../src/data/runs";
import type { Context } from "../../../src/features/feature";
import { feature as layout } from "../../../src/features/layout";
import { graphWords, progressWords } from "../../../src/features/layout/words";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { TaskName } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { settled } from "../settled";

const ROWS = 20_000;
/** The iteration after which all neighbors are needed. */
const HELD_AT = 250;
const ONLY_FIRST = "It goes on with the first neighbors of each point: the search for the others has ended.";
/** It was asked for a perplexity of 30. */
const SMALLER = "Perplexity 5: only the first 15 neighbors of each point.";

let store: Store;
let actions: Actions;
/** The first part that the server offers; null: none. */
let first: NeighborGraph | null;
/** Answers with all neighbors, and those found first if they are stored with them; null: it fails. */
let answerAll: (graph: Partial<NeighborGraph> | null) => void;

beforeEach(() => {
  first = ringOf(15);
  store = new Store();
  const tasks = new Tasks(store, async () => {});
  actions = { cancel: (task: TaskName) => tasks.cancelOnRequest(task) } as Actions;
  const all = new Promise<Partial<NeighborGraph> | null>((resolve) => {
    answerAll = resolve;
  });
  const client = new FakeClient({
    "GET graph": async ({ parameters }, { useFirst, signal }) => {
      if (first !== null) useFirst(first);
      const answer = await Promise.race([all, abortOf(signal)]);
      if (answer === null) throw new Error("The server has stopped.");
      return { ...ringOf(Number(parameters!.k)), ...answer };
    },
  });
  const context = {
    store,
    client,
    tasks,
    presence: new Presence(),
    coordinates: new MethodCoordinates(store),
  };
  Object.assign(actions, layout.start!(context as Partial<Context> as Context));
  store.set({ shown: shownOf(), projection: projectionOf(), dimensions: 2, method: "tsne" });
});
afterEach(() => actions.stopLayout());

/** Rejects once the request is aborted, as one on its way does. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

/** Each row's neighbors are those beside it on a ring. */
function ringOf(k: number): NeighborGraph {
  const [neighbors, distances] = [new Int32Array(ROWS * k), new Float32Array(ROWS * k)];
  for (let row = 0; row < ROWS; row++) {
    for (let at = 0; at < k; at++) {
      const step = (at >> 1) + 1;
      neighbors[row * k + at] = (row + (at % 2 === 0 ? step : ROWS - step)) % ROWS;
      distances[row * k + at] = step;
    }
  }
  const found = {
    method: "exact",
    recall: 1,
    recallRows: ROWS,
    tried: [],
    crowdedRows: 0,
    problems: [],
    first: null,
  } as const;
  return { rows: ROWS, k, neighbors, distances, metric: "euclidean", space: "as stored", linkedRows: ROWS, ...found };
}

function shownOf(): Shown {
  const step = { step: 1, version: "v", shape: [ROWS, 64] as [number, number], dtype: "float32", file: "f" };
  return { run: { name: "r" }, embedding: { name: "e", metadata: null, sprite: null }, step } as unknown as Shown;
}

function projectionOf(): Projection {
  const components = [0, 1, 2].map((first) => Float32Array.from({ length: ROWS }, (_, row) => Math.sin(first + row)));
  const fields = { varianceRatios: [0.5, 0.3, 0.2], rows: ROWS, finiteRows: ROWS, space: "as stored", problems: [] };
  return { method: "pca", components, ...fields };
}

const status = () => store.state.layout!;
const reaches = (iteration: number) =>
  expect.poll(() => store.state.layout?.iteration ?? 0, { timeout: 50_000 }).toBeGreaterThanOrEqual(iteration);

it("moves at once, waits for all neighbors, and goes on with them", async () => {
  actions.runLayout();
  await reaches(10);
  expect(graphWords(status())).toBe("The first 15 of 90 neighbors each so far");
  expect([status().notes, store.state.tasks.graph!.words]).toEqual([[], "Looking for neighbors"]);
  await expect.poll(() => status().isHeld, { timeout: 50_000 }).toBe(true);
  await reaches(HELD_AT);
  expect(progressWords(status())).toMatch(/^250 iterations · waiting for the other neighbors/);
  answerAll({});
  await reaches(HELD_AT + 5);
  expect([status().isHeld, status().awaited, status().k, status().notes]).toEqual([false, null, 90, []]);
  expect(graphWords(status())).toBe("90 neighbors each, exact");
});

it("moves as much with the first ones if all come at once, so that the picture is the same", async () => {
  first = null;
  const stored = ringOf(15);
  answerAll({ first: stored });
  actions.runLayout();
  await expect.poll(() => store.state.layout?.awaited).toBe(90);
  expect(graphWords(status())).toBe("The first 15 of 90 neighbors each so far");
  expect(stored.neighbors.length).toBe(15 * ROWS); // A copy was given away.
  await reaches(HELD_AT + 5);
  expect([status().isHeld, status().awaited, status().k]).toEqual([false, null, 90]);
});

it("goes on with the first ones if the others cannot be had, and says so", async () => {
  actions.runLayout();
  await reaches(3);
  answerAll(null);
  await reaches(HELD_AT + 5);
  expect(store.state.failures.graph!.message).toContain("The server has stopped");
  expect(status().notes).toEqual([ONLY_FIRST, SMALLER]);
  expect([status().awaited, status().k]).toEqual([null, 15]);
});

it.each(["moves", "waits for the others"])(
  "goes on with the first ones if the search is canceled while it %s",
  async (when) => {
    actions.runLayout();
    if (when === "moves") await reaches(3);
    else await expect.poll(() => store.state.layout?.isHeld, { timeout: 50_000 }).toBe(true);
    actions.cancel("graph");
    expect(store.state.tasks.graph).toBeUndefined();
    await reaches(HELD_AT + 5);
    expect([status().phase, status().isHeld, status().awaited, status().k]).toEqual(["running", false, null, 15]);
    expect([status().notes, store.state.failures]).toEqual([[ONLY_FIRST, SMALLER], {}]);
  },
);

it("ends with its search if it is stopped while it moves", async () => {
  actions.runLayout();
  await reaches(3);
  actions.stopLayout();
  const { iteration } = status();
  expect([status().phase, store.state.tasks]).toEqual(["ended", {}]);
  answerAll({});
  await settled();
  expect([status().phase, status().iteration, status().k]).toEqual(["ended", iteration, 15]);
});

it("has all neighbors from the start where the server offers no first ones", async () => {
  first = null;
  store.set({ perplexity: 10 });
  actions.runLayout();
  answerAll({});
  await reaches(3);
  expect([status().awaited, status().k]).toEqual([null, 30]);
});

it("leaves UMAP waiting for all of its neighbors", async () => {
  store.set({ method: "umap", umapNeighbors: 51, epochs: 20 });
  actions.runLayout();
  answerAll({});
  await reaches(3);
  expect([status().awaited, status().k]).toEqual([null, 50]);
});
