/** Data and bookmarks are opened, on a real store; only the server's answers are made here. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../../src/api/failure";
import { type Bookmark, makePicture } from "../../../src/data/bookmark";
import type { Embedding, Runs, Shown } from "../../../src/data/runs";
import { feature as bookmarks } from "../../../src/features/bookmarks";
import { feature as data } from "../../../src/features/data";
import type { Context } from "../../../src/features/feature";
import { feature as pca } from "../../../src/features/pca";
import { feature as selection } from "../../../src/features/selection";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { switchData } from "../../../src/state/switch_data";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { textColumn } from "../../node/data/columns";
import { runsOf } from "../page/mounted_page";

const ROWS = 4;
const [X, Y] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)];
const TSNE = { ...makePicture("tsne", { x: X, y: Y, z: null }, [], "as stored", 100), depth: 0 };

const TAG = { column: "kind", value: "a", rows: Int32Array.of(0) };

let store: Store;
let actions: Actions;
/** Answers of the server. */
let runs: Runs;
let runsRequests: number;
let refused: "projection" | "subset" | null;
let isolated: Int32Array[];

beforeEach(async () => {
  [runs, runsRequests, refused, isolated] = [twoRuns(), 0, null, []];
  store = new Store();
  actions = { stopLayout: () => {} } as Actions;
  const tasks = new Tasks(store, async () => {});
  const coordinates = new MethodCoordinates(store);
  const context = { store, client: makeClient(), tasks, coordinates, actions, on: {} } as Partial<Context> as Context;
  for (const feature of [data, pca, selection, bookmarks]) Object.assign(actions, feature.start!(context));
  await actions.loadRuns();
  await expect.poll(() => store.state.metadata).not.toBeNull();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Each run's metadata has one column, called after the run. */
function makeClient(): FakeClient {
  return new FakeClient({
    "GET runs": () => {
      runsRequests++;
      return runs;
    },
    "GET projections": ({ parameters }) => {
      if (refused === "projection" && parameters!.run === "eval")
        throw new ApiError("bad_data", "It is cut off.", "Copy it.");
      const fields = { varianceRatios: [0.5, 0.5], rows: ROWS, finiteRows: ROWS, space: "as stored", problems: [] };
      return { method: "pca", components: [X, Y], ...fields };
    },
    "GET metadata": ({ parameters }) => {
      const column = textColumn(String(parameters!.run), ["a", "b", "c", "d"]);
      return { columns: [column], rows: ROWS, lines: ROWS, problems: [] };
    },
    "GET bookmarks": () => ({ saving: { allowed: false, why: null, fix: null }, bookmarks: [], left_out: 0 }),
    "POST subsets": ({ columns }) => {
      if (refused === "subset") throw new ApiError("busy", "Too much at once.", "Try again.");
      isolated.push(columns!.row as Int32Array);
      return { subset: `subset${isolated.length}` };
    },
  });
}

/** Runs «train» and «eval», each with the steps 1 and 2 of four points. */
function twoRuns(): Runs {
  const [step] = runsOf().runs[0]!.embeddings[0]!.steps;
  const steps = [1, 2].map((number) => ({ ...step!, step: number, shape: [ROWS, 2] as [number, number] }));
  const embedding = (run: string): Embedding => ({
    ...runsOf().runs[0]!.embeddings[0]!,
    steps,
    metadata: { file: `${run}.tsv`, version: run, bytes: 9 },
  });
  return runsOf({ runs: ["train", "eval"].map((name) => ({ name, embeddings: [embedding(name)] })) });
}

function bookmarkOf(patch: Partial<Bookmark> & { at?: Partial<Bookmark["data"]> } = {}): Bookmark {
  const { at, ...others } = patch;
  const of = { run: "train", embedding: "words", step: 2, rows: ROWS, dims: 2, ...at };
  const empty = { selection: null, trail: [], pictures: [], tags: [], raw: null, notes: [] };
  return { label: "one", view: { pointSize: "9" }, data: of, ...empty, ...others };
}

const namesOf = (shown: Shown | null) => shown && [shown.run.name, shown.step.step];
const opened = () => [...namesOf(store.state.shown)!, store.state.pointSize];
const notes = () => store.state.bookmarkNotes;

it("looking again shows a step written meanwhile, and looks once more when the server's own look must be over", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const [{ embeddings }] = runs.runs as [Runs["runs"][number]];
  const steps = [...embeddings[0]!.steps, { ...embeddings[0]!.steps[0]!, step: 3 }];
  runs = { ...runs, runs: [{ name: "train", embeddings: [{ ...embeddings[0]!, steps }] }] };
  await actions.reload();
  expect([namesOf(store.state.shown), runsRequests]).toEqual([["train", 3], 2]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runsRequests).toBe(3);
});

describe("a bookmark", () => {
  it("of another run leads there, waits for its picture and its columns, and brings its own picture", async () => {
    const view = { pointSize: "9", labelBy: "eval", method: "tsne" };
    const rows = Int32Array.of(1, 2);
    await actions.openBookmark(bookmarkOf({ at: { run: "eval", step: 1 }, view, selection: rows, pictures: [TSNE] }));
    expect([opened(), notes()]).toEqual([["eval", 1, 9], []]);
    expect([store.state.labelBy, store.state.selection, store.state.bookmark?.label]).toEqual(["eval", rows, "one"]);
    expect(store.state.coordinates).toMatchObject({ method: "tsne", x: X, y: Y, iteration: 100 });
  });

  it("of a run without a picture is opened there all the same", async () => {
    refused = "projection";
    await actions.openBookmark(bookmarkOf({ at: { run: "eval" } }));
    expect(opened()).toEqual(["eval", 2, 9]);
    expect(store.state.failures.projection?.message).toBe("It is cut off.");
  });

  it("that is still loading its run gives way to another run that is chosen, and to another bookmark", async () => {
    const opening = actions.openBookmark(bookmarkOf({ at: { run: "eval" }, tags: [TAG] }));
    store.set({ ...switchData({ run: "train", embedding: "words", step: 1 }) });
    await opening;
    await expect.poll(opened).toEqual(["train", 1, 0]);
    expect([store.state.tags, store.state.bookmark]).toEqual([[], null]);
    const trail = [{ rows: Int32Array.of(0, 1), words: "two" }];
    const first = actions.openBookmark(bookmarkOf({ label: "first", trail }));
    await actions.openBookmark(bookmarkOf({ label: "second" }));
    await first;
    expect([store.state.bookmark?.label, store.state.trail]).toEqual(["second", []]);
  });

  it("whose picture takes the place of a layout that has ended is not described by it", async () => {
    store.set({ layout: { of: "tsne", phase: "ended", iteration: 800 } as State["layout"] });
    await actions.openBookmark(bookmarkOf({ view: { method: "tsne" }, pictures: [TSNE] }));
    expect([store.state.layout, store.state.coordinates?.iteration]).toEqual([null, 100]);
  });

  it("of a run that is gone is opened on what is shown, and says so", async () => {
    await actions.openBookmark(bookmarkOf({ at: { run: "gone" } }));
    expect(opened()).toEqual(["train", 2, 9]);
    expect(notes()).toEqual(["gone · words is not there: it is opened on train · words."]);
  });

  it("of a step that is gone is opened on the newest, and says so", async () => {
    store.set({ step: 1 });
    await actions.openBookmark(bookmarkOf({ at: { step: 7 } }));
    expect(opened()).toEqual(["train", 2, 9]);
    expect(notes()).toEqual(["Step 7 is not there anymore: the newest is shown."]);
  });

  it("of other data drops its points and its picture, and says so", async () => {
    store.set({ row: 1, selection: Int32Array.of(0) });
    const view = { pointSize: "9", row: "3", method: "tsne" };
    const trail = [{ rows: Int32Array.of(0, 1), words: "two" }];
    const at = { rows: 1000, dims: 300 };
    await actions.openBookmark(bookmarkOf({ at, view, selection: Int32Array.of(900), trail, pictures: [TSNE] }));
    expect(opened()).toEqual(["train", 2, 9]);
    expect([store.state.row, store.state.selection, store.state.coordinates, isolated]).toEqual([null, null, null, []]);
    expect(notes()).toEqual([
      "It was made from 1,000 points of 300 dimensions; these are 4 points of 2 dimensions: dropped were its coordinates, the selected point, the selected points, the isolated points.",
    ]);
  });

  it("with fields that cannot be read and columns that are gone says which, and opens with the others", async () => {
    await actions.openBookmark(
      bookmarkOf({ view: { pointSize: "9", metric: "chebyshev", labelBy: "gone", colorBy: "train" } }),
    );
    expect([opened(), store.state.labelBy, store.state.colorBy]).toEqual([["train", 2, 9], null, "train"]);
    expect(notes()).toEqual([
      "Its metric cannot be read here: it is opened without.",
      "There is no column “gone” here, which it uses.",
    ]);
  });

  it("is in the colors of its column, not of the neighbors kept now", async () => {
    store.set({ quality: { keptByRow: new Float32Array(4) } as State["quality"], colorByQuality: true });
    await actions.openBookmark(bookmarkOf({ view: { pointSize: "9" } }));
    expect([opened(), store.state.colorByQuality]).toEqual([["train", 2, 9], false]);
  });

  it("with isolated points sends them again, one set within the other", async () => {
    const trail = [Int32Array.of(0, 1, 3), Int32Array.of(0, 3)].map((rows) => ({ rows, words: `${rows.length}` }));
    await actions.openBookmark(bookmarkOf({ trail }));
    expect(isolated).toEqual(trail.map(({ rows }) => rows));
    expect(store.state.trail.map(({ name, words }) => [name, words])).toEqual([
      ["subset1", "3"],
      ["subset2", "2"],
    ]);
    expect(store.state.subset?.name).toBe("subset2");
  });

  it("whose isolated points are refused changes nothing, and the failure is reported", async () => {
    refused = "subset";
    await actions.openBookmark(bookmarkOf({ trail: [{ rows: Int32Array.of(0, 1), words: "two" }] }));
    expect([store.state.pointSize, store.state.subset, store.state.bookmark]).toEqual([0, null, null]);
    expect(store.state.failures.subset?.message).toBe("Too much at once.");
  });

  it("has nothing to be opened on while nothing is shown", async () => {
    store.set({ runs: runsOf({ runs: [] }) });
    await actions.openBookmark(bookmarkOf());
    expect(notes()).toContain("Nothing is shown that the bookmark could be opened on.");
    expect(store.state.pointSize).toBe(0);
  });
});
