/** Runs, pictures and metadata: what is fetched for what is chosen, in which order, and what stays meanwhile. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../../src/api/failure";
import type { Metadata } from "../../../src/data/metadata";
import type { Projection } from "../../../src/data/projection";
import type { Embedding, Problem, Runs } from "../../../src/data/runs";
import type { Tag } from "../../../src/data/tags";
import { hasUnsavedTags } from "../../../src/data/tensor_edits";
import { followMetadata } from "../../../src/features/data/editing";
import { Loading } from "../../../src/features/data/follow";
import { followHistory } from "../../../src/features/history/follow";
import type { Actions } from "../../../src/state/actions";
import { isMetadataComing } from "../../../src/state/derived";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { LateAnswers } from "../../late_answers";
import { textColumn } from "../data/columns";

const ROWS = 3;
const NO_TASKS = { handle() {}, cancel() {}, forgive() {}, run: async () => undefined } as unknown as Tasks;
const NO_ACTIONS = { loadProjection: async () => {} } as unknown as Actions;

/** Runs «a» and «b», each of two steps that have metadata; that of «a» is the same file for both. */
function twoRuns(patch: Partial<Runs> = {}): Runs {
  const steps = [1, 2].map((step) => ({ step, version: `${step}`, shape: [ROWS, 2] }));
  const embeddingOf = (run: string) => ({
    name: "e",
    steps,
    sprite: null,
    metadata: { file: `${run}.tsv`, version: run },
  });
  const runs = ["a", "b"].map((name) => ({ name, embeddings: [embeddingOf(name) as unknown as Embedding] }));
  return { version: "1", scan: { done: true } as Runs["scan"], problems: [], runs, ...patch };
}

let store: Store;
let tasks: Tasks;
let loading: Loading;
let late: LateAnswers;
/** What was asked for, in order: of the picture, the run and the step. */
let asked: string[];
let isPictureRefused: boolean;
/** The server's answer to `/runs`. */
let runs: Runs;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("window", globalThis);
  [store, late, asked, runs, isPictureRefused] = [new Store(), new LateAnswers(), [], twoRuns(), false];
  tasks = new Tasks(store, async () => {});
  const client = new FakeClient({
    "GET runs": ({ parameters }) => {
      asked.push(parameters!.uploads === null ? "runs" : `runs with ${parameters!.uploads}`);
      return runs;
    },
    "GET metadata": (request) => {
      asked.push(`metadata of ${request.parameters!.upload ?? request.parameters!.run}`);
      return late.wait(request);
    },
  });
  const loadProjection = async () => {
    const { run, step } = store.state.shown!;
    asked.push(`picture of ${run.name} ${step.step}`);
    if (isPictureRefused) tasks.fail("projection", { message: "It is cut off.", fix: "" });
    else store.set({ projection: { rows: ROWS, problems: [] } as unknown as Projection });
  };
  loading = new Loading(store, client, tasks, { loadProjection } as unknown as Actions);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function metadataOf(word: string): Metadata {
  return { columns: [textColumn("word", [word])], rows: 1, lines: 1, problems: [] };
}

async function answer(word: string, at = late.asked.length - 1): Promise<void> {
  late.asked[at]!.answer(metadataOf(word));
  await expect.poll(() => store.state.fileMetadata?.columns[0]).toEqual(metadataOf(word).columns[0]);
}

async function openRunA(): Promise<void> {
  await loading.loadRuns();
  await expect.poll(() => late.asked.length).toBe(1);
  await answer("of a");
}

it("are fetched one after the other: runs, the picture of what is shown, its metadata", async () => {
  await openRunA();
  expect(asked).toEqual(["runs", "picture of a 2", "metadata of a"]);
});

it("are not fetched again when looking again finds the same", async () => {
  await openRunA();
  await loading.loadRuns();
  store.set({ row: 1, metric: "dot" });
  store.set({ step: 1 });
  await expect.poll(() => asked.at(-1)).toBe("picture of a 1");
  expect(asked).toEqual(["runs", "picture of a 2", "metadata of a", "runs", "picture of a 1"]);
});

it("keep picture, points and metadata at another step of the same file, and none of them in another run", async () => {
  await openRunA();
  const points = { row: 1, selection: Int32Array.of(1), terms: [{ row: 1, sign: 1 as const }] };
  store.set({ ...points, step: 1 });
  const { projection, fileMetadata, row, selection, terms } = store.state;
  expect([projection, fileMetadata]).not.toContain(null);
  expect({ row, selection, terms }).toEqual(points);
  store.set({ run: "b", step: null });
  const after = store.state;
  expect([after.fileMetadata, after.row, after.selection, after.terms]).toEqual([null, null, null, []]);
  await expect.poll(() => asked.at(-1)).toBe("metadata of b");
  await answer("of b");
});

it("drop metadata that comes after another run was chosen", async () => {
  await loading.loadRuns();
  await expect.poll(() => late.asked.length).toBe(1);
  store.set({ run: "b" });
  await expect.poll(() => late.asked.length).toBe(2);
  const seen: unknown[] = [];
  store.subscribe((state, changed) => changed.has("fileMetadata") && seen.push(state.fileMetadata?.columns[0]));
  late.asked[0]!.answer(metadataOf("of a"));
  await answer("of b");
  expect(seen).toEqual([metadataOf("of b").columns[0]]);
});

it("have metadata from a file of the user's own instead, and the run's again", async () => {
  await openRunA();
  store.set({ metadataUpload: "0123" });
  expect([store.state.fileMetadata, store.state.tasks.metadata?.words]).toEqual([null, "Reading the loaded metadata"]);
  await answer("of mine");
  store.set({ metadataUpload: null });
  expect(store.state.tasks.metadata?.words).toBe("Reading a.tsv");
  expect(asked.slice(2)).toEqual(["metadata of a", "metadata of 0123", "metadata of a"]);
});

it("say in the panel why metadata could not be read, and look whether the runs have a problem now", async () => {
  await loading.loadRuns();
  await expect.poll(() => late.asked.length).toBe(1);
  late.asked[0]!.refuse(new ApiError("bad_data", "It is cut off.", "Copy it again."));
  await expect.poll(() => asked.at(-1)).toBe("runs");
  expect(store.state.failures.metadata?.message).toBe("It is cut off.");
  store.set({ run: "b" });
  expect(store.state.failures.metadata).toBeUndefined();
});

it("say in the panel that reading metadata was canceled, until it is tried again", async () => {
  await loading.loadRuns();
  await expect.poll(() => late.asked.length).toBe(1);
  tasks.cancelOnRequest("metadata");
  expect([store.state.failures.metadata?.message, isMetadataComing(store.state)]).toEqual([
    "Reading the metadata was canceled.",
    false,
  ]);
  tasks.retry("metadata");
  expect([store.state.failures.metadata, isMetadataComing(store.state)]).toEqual([undefined, true]);
  await expect.poll(() => late.asked.length).toBe(2);
  await answer("of a");
});

it("are looked through again after a picture that failed, once", async () => {
  isPictureRefused = true;
  await loading.loadRuns();
  await expect.poll(() => late.asked.length).toBe(1);
  await answer("of a");
  await expect.poll(() => asked).toEqual(["runs", "picture of a 2", "metadata of a", "runs"]);
});

it("are asked about every half second while the logdir is looked through, with the user's own vectors", async () => {
  runs = twoRuns({ runs: [], scan: { done: false } as Runs["scan"] });
  store.set({ uploads: ["0123", "4567"] });
  await loading.loadRuns();
  expect(asked).toEqual(["runs with 0123,4567"]);
  runs = { ...runs, scan: { done: true } as Runs["scan"] };
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
});

describe("the user's tags and metadata", () => {
  const tagOf = (value: string): Tag => ({ column: "mine", value, rows: Int32Array.of(1) });
  const edits = () => {
    const { tags, savedTags, metadataUpload, uploadNote } = store.state;
    return { tags, savedTags, metadataUpload, uploadNote };
  };
  const NONE = { tags: [], savedTags: [], metadataUpload: null, uploadNote: null };
  const unsaved = () => store.state.tensorEdits.filter(hasUnsavedTags).map(({ run, tags }) => [run, tags.length]);

  it("are not on another run, and come back with theirs, saved or not", async () => {
    await openRunA();
    const saved = [tagOf("good")];
    const ofA = { tags: saved, savedTags: saved, metadataUpload: "0123", uploadNote: "mine.tsv: 3 lines." };
    store.set(ofA);
    await answer("of mine");
    store.set({ run: "b" });
    expect(edits()).toEqual(NONE);
    const ofB = { ...NONE, tags: [tagOf("bad")] };
    store.set(ofB);
    expect(unsaved()).toEqual([["b", 1]]);
    store.set({ run: "a" });
    expect(edits()).toEqual(ofA);
    expect(edits().tags).toBe(edits().savedTags);
    await expect.poll(() => asked.at(-1)).toBe("metadata of 0123");
    store.set({ run: "b" });
    expect(edits()).toEqual(ofB);
    store.set({ tags: [] });
    expect(unsaved()).toEqual([]);
  });

  it("are columns beside those of the file once that is read, and alone where it cannot be", async () => {
    followMetadata(store);
    const names = () => store.state.metadata?.columns.map(({ name }) => name);
    await openRunA();
    store.set({ tags: [tagOf("good")] });
    expect(names()).toEqual(["word", "mine"]);
    store.set({ run: "b" });
    await expect.poll(() => late.asked.length).toBe(2);
    store.set({ run: "a" });
    await expect.poll(() => late.asked.length).toBe(3);
    expect([names(), isMetadataComing(store.state)]).toEqual([undefined, true]);
    await answer("of a");
    expect(names()).toEqual(["word", "mine"]);
    store.set({ metadataUpload: "0123" });
    await expect.poll(() => late.asked.length).toBe(4);
    expect(names()).toBeUndefined();
    late.asked[3]!.refuse(new ApiError("bad_data", "It is gone.", "Load it again."));
    await expect.poll(names).toEqual(["mine"]);
  });

  it("are those of each run again when choosing it is undone and redone", async () => {
    vi.stubGlobal("addEventListener", () => {});
    await openRunA();
    const history = followHistory(store);
    const steps = [{ tags: [tagOf("good")] }, { run: "b" }, { tags: [tagOf("bad")] }, { run: "a" }, { tags: [] }];
    const taken = [edits()];
    for (const step of steps) {
      store.set(step);
      await Promise.resolve();
      taken.push(edits());
    }
    expect(taken.map(({ tags }) => tags[0]?.value)).toEqual([undefined, "good", undefined, "bad", "good", undefined]);
    for (const before of taken.slice(0, -1).reverse()) {
      history.undo();
      expect(edits()).toEqual(before);
    }
    for (const after of taken.slice(1)) {
      history.redo();
      expect(edits()).toEqual(after);
    }
    expect(unsaved()).toEqual([["b", 1]]);
  });
});

describe("the embedding that the page opens on", () => {
  function runsOf(broken: string[], done = true): Runs {
    const embedding = { name: "e", steps: [{ step: 1, version: "v", shape: [3, 2] }], sprite: null, metadata: null };
    const runs = ["a", "b", "c"].map((name) => ({ name, embeddings: [embedding as unknown as Embedding] }));
    const problems = broken.map((run) => ({ level: "error", run, embedding: "e" }) as Problem);
    return { version: "1", scan: { done } as Runs["scan"], runs, problems };
  }

  /** The run shown after each of the answers. */
  function shownAfter(...answers: Runs[]): (string | undefined)[] {
    const store = new Store();
    new Loading(store, new FakeClient({}), NO_TASKS, NO_ACTIONS);
    const shown: (string | undefined)[] = [];
    for (const runs of answers) {
      store.set({ runs });
      shown.push(store.state.shown?.run.name);
    }
    return shown;
  }

  it("a run found unreadable after it was opened stays, and so does one after which an earlier run is repaired", () => {
    expect(shownAfter(runsOf(["a"]), runsOf(["a", "b"]), runsOf([]))).toEqual(["b", "b", "b"]);
  });

  it("while the logdir is still being looked through, the first one found gives way", () => {
    expect(shownAfter(runsOf(["a"], false), runsOf([]))).toEqual(["b", "a"]);
  });
});

describe("notes on a selection or a sum go with the data that they are about", () => {
  const STEPS = [1, 2].map((step) => ({ step, version: `${step}`, shape: [3, 2] }));
  const EMBEDDING = { name: "e", steps: STEPS, sprite: null, metadata: null } as unknown as Embedding;
  const RUNS: Runs = {
    ...{ version: "1", scan: { done: true } as Runs["scan"], problems: [] },
    runs: ["a", "b"].map((name) => ({ name, embeddings: [EMBEDDING] })),
  };

  it("stay at another step of the same points, and end with another run", () => {
    const store = new Store();
    const actions = { loadProjection: async () => {} } as unknown as Actions;
    new Loading(store, new FakeClient({}), new Tasks(store, async () => {}), actions);
    store.set({ runs: RUNS, run: "a", step: 1 });
    store.set({ selectionNote: "Nothing is selected.", termsNote: "No point is labeled «x»." });
    const notes = () => [store.state.selectionNote, store.state.termsNote];
    store.set({ step: 2 });
    expect(notes()).toEqual(["Nothing is selected.", "No point is labeled «x»."]);
    store.set({ run: "b" });
    expect(notes()).toEqual([null, null]);
  });
});
