/** Custom axes: what their searches find while they are typed, and what is asked for once they are projected on. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AxisChoice, type AxisChoices, countOf, emptyAxis, INITIAL_AXES, NO_COUNTS } from "../../../src/data/axes";
import type { Problem } from "../../../src/data/runs";
import type { QueryMode } from "../../../src/data/search";
import { TextDictionary } from "../../../src/data/text_dictionary";
import { feature as axes } from "../../../src/features/axes";
import type { AxisRequest } from "../../../src/features/axes/requests";
import type { Context } from "../../../src/features/feature";
import type { HistoryActions } from "../../../src/features/history/fields";
import { followHistory } from "../../../src/features/history/follow";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { Queries } from "../../../src/worker/queries";
import { FakeClient } from "../../fake_client";
import { projectionOf, shownOf } from "../../node/features/shown_data";

const ROWS = 600;
/** Longer than any pause of a typist that delays a search. */
const PAUSE_MS = 500;
const words = ["king", "queen", "king size", "other"];
const search = (text: string, mode: QueryMode = "text") => ({ text, mode, column: null });

const PROBLEM = { level: "warning", message: "rows 2, 3 hold NaN" } as unknown as Problem;

let store: Store;
let actions: Actions;
let tasks: Tasks;
/** Requests that the server received. */
let requests: unknown[];
/** Each request is answered once this resolves. */
let ready: Promise<void>;

beforeEach(() => {
  [store, requests, ready] = [new Store(), [], Promise.resolve()];
  const client = new FakeClient({
    "POST projections": async ({ json }) => {
      const axes = axesOf(json!);
      requests.push(axes);
      await ready;
      const columns = axes.map((_, index) => new Float32Array(ROWS).fill(index));
      return {
        columns,
        axes: axes.map(meansOf),
        rows: ROWS,
        finiteRows: ROWS,
        space: "as stored",
        problems: [PROBLEM],
      };
    },
    "GET projections": () => projectionOf(ROWS),
  });
  tasks = new Tasks(store, async () => {});
  const context = { store, client, tasks, coordinates: new MethodCoordinates(store) };
  actions = axes.start!(context as Partial<Context> as Context) as Actions;
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
  const bytes = new TextEncoder().encode(words.join(""));
  const ends = words.map((_, at) => words.slice(0, at + 1).join("").length);
  const dictionary = new TextDictionary(bytes, Int32Array.of(0, ...ends));
  const codes = Int32Array.from({ length: ROWS }, (_, row) => Math.min(row, 3));
  const column = { kind: "text", name: "label", rows: ROWS, codes, dictionary } as const;
  store.set({ metadata: { columns: [column], rows: ROWS, lines: ROWS, problems: [] }, method: "axes" });
});

afterEach(() => {
  store.set({ method: "pca" }); // Otherwise it would count into the next test.
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** One of the rows that the axis leads to is not finite. */
const meansOf = (axis: AxisRequest) => ({ added: "add" in axis ? axis.add.length - 1 : null, subtracted: null });

/** The axes as they were before they became JSON. */
function axesOf(json: string): AxisRequest[] {
  const { axes } = JSON.parse(json) as { axes: { random?: number; add: number[]; subtract?: number[] }[] };
  return axes.map(({ random, add, subtract }) =>
    random === undefined
      ? { add: Int32Array.from(add), subtract: subtract === undefined ? null : Int32Array.from(subtract) }
      : { random },
  );
}

it("count what their searches find, and lead from one mean to the other", async () => {
  const x = { kind: "searches", add: search("king"), subtract: search("^queen$", "regex") } as const;
  store.set({ axes: [x, { kind: "pca", component: 2 }, emptyAxis("searches")] });
  await expect
    .poll(() => store.state.axisCounts[0])
    .toEqual({
      add: { search: x.add, rows: 2, failure: null },
      subtract: { search: x.subtract, rows: 1, failure: null },
    });
  actions.projectAxes();
  await expect.poll(() => store.state.coordinates?.method).toBe("axes");
  expect(requests).toEqual([[{ add: Int32Array.of(0, 2), subtract: Int32Array.of(1) } satisfies AxisRequest]]);
  expect(store.state.coordinates!.axisNames).toEqual(["king − queen", "PC 3"]);
  expect(store.state.coordinates!.y).toEqual(projectionOf(ROWS).components[2]);
});

it("count nothing for the third while the picture is flat", async () => {
  const [flat, deep] = ["king", "queen"].map((text) => ({ ...emptyAxis("searches"), add: search(text) }) as AxisChoice);
  store.set({ axes: [flat!, emptyAxis("searches"), deep!] });
  await expect.poll(() => store.state.axisCounts[0]!.add?.rows).toBe(2);
  await expect.poll(() => store.state.tasks.axisSearches).toBeUndefined();
  expect(store.state.axisCounts[2]!.add).toBeNull();

  store.set({ dimensions: 3 });
  await expect.poll(() => store.state.axisCounts[2]!.add?.rows).toBe(1);
});

it("between whole cells are named after these, and leave out cells that only contain them", async () => {
  const x: AxisChoice = { kind: "searches", add: search("King", "exact"), subtract: search("^o.*R$", "regex") };
  store.set({ axes: [x, emptyAxis("pca"), emptyAxis("pca")] });
  actions.projectAxes();
  await expect.poll(() => store.state.coordinates?.axisNames).toEqual(["King − o.*R", "PC 1"]);
  const [[found]] = requests as [[{ add: Int32Array; subtract: Int32Array }]];
  expect([found.add, found.subtract.length]).toEqual([Int32Array.of(0), ROWS - 3]);
});

it("show each count as it arrives, none for a text that has changed, and none of other metadata", async () => {
  const queries = delayQueries();
  const toKing = { kind: "searches", add: search("king"), subtract: search("queen") } as const;
  store.set({ axes: [toKing, emptyAxis("random"), emptyAxis("random")] });
  await expect.poll(() => queries.length).toBe(1);
  queries[0]!();
  await expect.poll(() => store.state.axisCounts[0]?.add?.rows).toBe(2);
  expect(store.state.axisCounts[0]!.subtract).toBeNull();
  const toOther = { ...toKing, add: search("other") };
  store.set({ axes: [toOther, emptyAxis("random"), emptyAxis("random")] });
  expect(countOf(store.state.axisCounts[0]!.add, toOther.add)).toBeNull();
  store.set({ metadata: { ...store.state.metadata! } });
  expect(store.state.axisCounts).toEqual(NO_COUNTS);
});

it("stop counting once the text changes, and are no longer counted when that is canceled, and say so", async () => {
  const queries = delayQueries();
  const between = (add: string) => ({ kind: "searches", add: search(add), subtract: search("queen") }) as const;
  store.set({ axes: [between("king"), emptyAxis("random"), emptyAxis("random")] });
  await expect.poll(() => queries.length).toBe(1);
  expect(store.state.tasks.axisSearches?.words).toBe("Searching for the ends of the axes");
  store.set({ axes: [between("other"), emptyAxis("random"), emptyAxis("random")] });
  expect(store.state.tasks.axisSearches).toBeUndefined();
  await expect.poll(() => queries.length).toBe(2);
  tasks.cancelOnRequest("axisSearches");
  const { add, subtract } = store.state.axisCounts[0]!;
  for (const count of [add, subtract]) {
    expect(count).toMatchObject({ rows: null, failure: { message: "The search was canceled." } });
  }
  expect(store.state.tasks.axisSearches).toBeUndefined();
  for (const answer of queries) answer();
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  expect([queries.length, store.state.axisCounts[0]]).toEqual([2, { add, subtract }]);
});

/** Holds back the answer of each search until its function here is called, or it is aborted. */
function delayQueries(): (() => void)[] {
  const waiting: (() => void)[] = [];
  const find = Queries.prototype.find;
  vi.spyOn(Queries.prototype, "find").mockImplementation(async function (this: Queries, ...asked) {
    const rows = await find.apply(this, asked);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      asked[2]?.addEventListener("abort", () => resolve());
    });
    return rows;
  });
  return waiting;
}

it("have what the server says of them, each its own, until there is other data", async () => {
  const x: AxisChoice = { kind: "searches", add: search("king"), subtract: search("") };
  const [pca, random] = [emptyAxis("pca"), emptyAxis("random")];
  store.set({ dimensions: 3, axes: [pca, x, random] });
  actions.projectAxes();
  await expect.poll(() => store.state.projectedAxes?.axes).toEqual([pca, x, random]);
  const found = [null, { added: 1, subtracted: null }, { added: null, subtracted: null }];
  expect(store.state.projectedAxes).toMatchObject({ found, problems: [PROBLEM] });
  store.set({ metadata: { ...store.state.metadata! } });
  expect(store.state.projectedAxes).toMatchObject({ found: [], problems: [PROBLEM] });
  store.set({ shown: shownOf(ROWS) });
  expect(store.state.projectedAxes).toBeNull();
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

it("that are components have the space that these were computed in, whatever PCA the picture has", async () => {
  store.set({ projection: { ...projectionOf(ROWS), space: "spherized" } });
  store.set({ axes: [emptyAxis("pca"), { kind: "pca", component: 1 }, emptyAxis("pca")] });
  actions.projectAxes();
  await expect.poll(() => store.state.coordinates?.space).toBe("as stored");
  expect(requests).toEqual([]);
});

it.each([
  [emptyAxis("searches"), "has no search"],
  [{ kind: "searches", add: search("nobody"), subtract: search("") } as const, "nothing matches «nobody»"],
  [{ kind: "searches", add: search("(", "regex"), subtract: search("") } as const, "Invalid regular expression"],
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

describe("that search while the metadata is on its way", () => {
  const toKing = { kind: "searches", add: search("king"), subtract: search("") } as const;

  /** The button is pressed before the metadata is here. */
  function projectEarly() {
    const { metadata } = store.state;
    store.set({ metadata: null, metadataUpload: "1f", axes: [toKing, emptyAxis("random"), emptyAxis("random")] });
    actions.projectAxes();
    expect(store.state.tasks.axes?.words).toBe("Waiting for the metadata");
    return metadata;
  }

  it("wait for it, and are projected on once it is here", async () => {
    store.set({ metadata: projectEarly() });
    await expect.poll(() => store.state.coordinates?.axisNames).toEqual(["king", "random 0"]);
    expect(requests).toEqual([[{ add: Int32Array.of(0, 2), subtract: null }, { random: 0 }]]);
  });

  it("say that there is none where it fails", async () => {
    projectEarly();
    store.set({ failures: { metadata: { message: "gone", fix: "" } } });
    await expect.poll(() => store.state.failures.axes?.message).toContain("no metadata to search in");
  });

  it("wait no longer once that is canceled", async () => {
    const metadata = projectEarly();
    tasks.cancelOnRequest("axes");
    store.set({ metadata });
    await expect.poll(() => store.state.axisCounts[0]?.add?.rows).toBe(2);
    expect([requests, store.state.tasks, store.state.failures]).toEqual([[], {}, {}]);
  });
});

it("whose expression would run forever say so, and the page goes on", async () => {
  const long = `${"a".repeat(40)}!`;
  const dictionary = new TextDictionary(new TextEncoder().encode(long), Int32Array.of(0, long.length));
  const column = { kind: "text", name: "label", rows: 1, codes: Int32Array.of(0), dictionary } as const;
  store.set({ metadata: { columns: [column], rows: 1, lines: 1, problems: [] } });
  store.set({
    axes: [
      { kind: "searches", add: search("(a+)+$", "regex"), subtract: search("") },
      emptyAxis("random"),
      emptyAxis("random"),
    ],
  });
  await expect.poll(() => store.state.axisCounts[0]?.add?.failure?.message).toContain("got no further for 1 s");
  expect(store.state.axisCounts[0]?.add?.failure?.fix).toContain("repeat once");
});

it("are not asked for before that is wanted, whatever is typed", async () => {
  const [x, random] = [{ kind: "points", add: 2, subtract: 1 } as const, emptyAxis("random")];
  store.set({ axes: [x, random, random] });
  store.set({ axes: [{ ...x, subtract: 0 }, random, random], metric: "dot" });
  actions.projectAxes();
  await expect.poll(() => store.state.coordinates?.method).toBe("axes");
  expect(requests).toEqual([[{ add: Int32Array.of(2), subtract: Int32Array.of(0) }, { random: 0 }]]);
});

it("search for nothing while another method is shown, and then for what was typed last", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const find = vi.spyOn(Queries.prototype, "find");
  const searches = (text: string) => ({ kind: "searches", add: search(text), subtract: search("") }) as const;
  const type = (text: string, method: "pca" | "axes") => {
    store.set({ method, axes: [searches(text), emptyAxis("random"), emptyAxis("random")] });
    vi.advanceTimersByTime(PAUSE_MS);
  };
  type("queen", "pca");
  type("king", "axes");
  await expect.poll(() => store.state.axisCounts[0]?.add?.rows).toBe(2);
  expect(find.mock.calls.map(([, { text }]) => text)).toEqual(["king"]);
});

it("of other data are dropped when they come late, and what failed is forgiven", async () => {
  let answer = () => {};
  ready = new Promise((resolve) => {
    answer = resolve;
  });
  const coordinates: unknown[] = [];
  store.subscribe(
    ({ coordinates: drawn }, changed) => changed.has("coordinates") && coordinates.push(drawn?.axisNames),
  );
  store.set({ axes: [emptyAxis("random"), emptyAxis("random"), emptyAxis("random")] });
  actions.projectAxes();
  await expect.poll(() => requests.length).toBe(1);
  store.set({ shown: shownOf(ROWS), failures: { axes: { message: "Axis X has no point.", fix: "" } } });
  expect([store.state.tasks, store.state.failures]).toEqual([{}, {}]);
  store.set({ axes: [{ kind: "random", seed: 7 }, emptyAxis("random"), emptyAxis("random")] });
  actions.projectAxes();
  await expect.poll(() => requests.length).toBe(2);
  answer(); // Both requests, the older one first.
  await expect.poll(() => coordinates).toEqual([["random 7", "random 0"]]);
});

describe("after undo and redo", () => {
  const randomAxes = (seed: number): AxisChoices => {
    const axis = { kind: "random", seed } as const;
    return [axis, axis, axis];
  };
  let history: HistoryActions;

  beforeEach(async () => {
    history = followHistory(store);
    await Promise.resolve();
  });

  /** As by a click of its own: changes in quick succession are one step. */
  async function define(seed: number): Promise<void> {
    for (const type of ["pointerdown", "pointerup"]) dispatchEvent(new Event(type));
    store.set({ axes: randomAxes(seed) });
    await Promise.resolve();
  }

  async function project(seed: number): Promise<void> {
    actions.projectAxes();
    await expectPicture(seed);
  }

  const expectPicture = (seed: number) =>
    expect.poll(() => store.state.coordinates?.axisNames).toEqual([`random ${seed}`, `random ${seed}`]);
  const seedsAsked = () => (requests as { random: number }[][]).map(([x]) => x!.random);
  const seedDefined = () => store.state.axes.map((axis) => axis.kind === "random" && axis.seed)[0];

  it("are drawn as they are in the panel again", async () => {
    await define(1);
    await project(1);
    await define(2);
    await project(2);
    history.undo();
    expect(seedDefined()).toBe(1);
    await expectPicture(1);
    history.redo();
    expect(seedDefined()).toBe(2);
    await expectPicture(2);
    expect(seedsAsked()).toEqual([1, 2, 1, 2]);
  });

  it("are drawn as they were beside a definition that was never projected on, and nothing is asked for twice", async () => {
    await define(1);
    await project(1);
    for (const seed of [2, 3, 4]) await define(seed);
    await project(4);
    history.undo();
    expect(seedDefined()).toBe(3);
    await expectPicture(1);
    history.undo();
    history.undo();
    history.undo(); // To the axes that the page starts with: there was no picture, and that of 1 stays.
    expect(store.state.axes).toBe(INITIAL_AXES);
    history.redo();
    await expect.poll(() => store.state.tasks.axes).toBeUndefined();
    await expectPicture(1);
    expect(seedsAsked()).toEqual([1, 4, 1]);
  });

  it("are those of the last step, however quick", async () => {
    await define(1);
    await project(1);
    await define(2);
    await project(2);
    history.undo();
    history.redo();
    history.undo();
    history.redo();
    expect([store.state.tasks.axes, store.state.coordinates!.axisNames[0]]).toEqual([undefined, "random 2"]);
    await define(3);
    actions.projectAxes();
    history.undo();
    history.redo();
    await expectPicture(3);
  });

  it("are projected on only while custom axes are drawn, and by nothing but undo and redo", async () => {
    await define(1);
    await project(1);
    await define(2);
    history.undo();
    store.set({ method: "pca" });
    await Promise.resolve();
    store.set({ method: "axes", axes: randomAxes(3) }); // As a bookmark does.
    await Promise.resolve();
    history.undo();
    expect([store.state.method, seedDefined()]).toEqual(["pca", 1]);
    store.set({ method: "axes", axes: randomAxes(2), selection: Int32Array.of(1, 2), spherize: true });
    await new Promise((resolve) => setTimeout(resolve));
    expect(seedsAsked()).toEqual([1]);
  });
});
