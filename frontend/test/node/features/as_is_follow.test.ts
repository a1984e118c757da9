/** Dimensions and columns as they are: what is read when the choice, the data or the method changes. */
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../../src/api/failure";
import { INITIAL_AS_IS } from "../../../src/data/as_is";
import { SHORTEST } from "../../../src/data/number_spelling";
import { ReadingAsIs } from "../../../src/features/as_is/follow";
import { drawnDimensions } from "../../../src/state/derived";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import { Store } from "../../../src/state/store";
import type { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
import { LateAnswers } from "../../late_answers";
import { numberColumn, textColumn } from "../data/columns";
import { projectionOf, shownOf } from "./shown_data";

const ROWS = 600;

let store: Store;
/** Requests that the server received. */
let requests: unknown[];

function start(answer?: LateAnswers["wait"]): void {
  [store, requests] = [new Store(), []];
  const read = async ({ parameters }: { parameters?: object }) => {
    const dims = String((parameters as { dims: string }).dims)
      .split(",")
      .map(Number);
    requests.push(dims);
    return dims.map((dim) => new Float32Array(ROWS).fill(dim));
  };
  const client = new FakeClient({ "GET tensors": answer ?? read });
  const presence = { untilPresent: async () => {} } as unknown as Presence;
  new ReadingAsIs(store, client, new Tasks(store, async () => {}), presence, new MethodCoordinates(store));
  store.set({ shown: shownOf(ROWS), projection: projectionOf(ROWS), dimensions: 2 });
}

beforeEach(() => start());

const drawn = () => store.state.coordinates?.axisNames;
const dimension = (at: number) => ({ kind: "dimension", dimension: at }) as const;
const column = (name: string) => ({ kind: "column", column: name }) as const;

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

it("reads nothing while another method is shown, then what is chosen by then", async () => {
  store.set({ asIs: [dimension(5), dimension(6), dimension(7)], dimensions: 3 });
  store.set({ dimensions: 2, asIs: [dimension(8), dimension(8), dimension(7)] });
  store.set({ method: "as_is" });
  await expect.poll(drawn).toEqual(["dim 8", "dim 8"]);
  expect(requests).toEqual([[8]]);
});

it("reads other data anew", async () => {
  store.set({ method: "as_is" });
  await expect.poll(drawn).toEqual(["dim 0", "dim 1"]);
  store.set({ shown: shownOf(ROWS) });
  expect(drawn()).toBeUndefined();
  await expect.poll(drawn).toEqual(["dim 0", "dim 1"]);
  expect(requests).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

it("draws the values of other metadata, without a request", async () => {
  const valuesOf = (value: number) => {
    const columns = [numberColumn("age", new Array(ROWS).fill(value))];
    return { metadata: { columns, rows: ROWS, lines: ROWS, problems: [] } };
  };
  store.set({ method: "as_is", asIs: [column("age"), dimension(1), dimension(2)], ...valuesOf(3) });
  await expect.poll(() => store.state.coordinates?.x[0]).toBe(3);
  store.set(valuesOf(4));
  await expect.poll(() => store.state.coordinates?.x[0]).toBe(4);
  expect(requests).toEqual([[1]]);
});

it("leaves out the axes that vectors of one or two dimensions cannot fill", async () => {
  store.set({ method: "as_is", dimensions: 3, shown: shownOf(ROWS, 2) });
  await expect.poll(drawn).toEqual(["dim 0", "dim 1"]);
  store.set({ shown: shownOf(ROWS, 1) });
  await expect.poll(drawn).toEqual(["dim 0"]);
  const { y, z } = store.state.coordinates!;
  expect([y, z]).toEqual([new Float32Array(ROWS), null]);
});

it.each([
  [dimension(64), "There is no dimension 64: the vectors have 64, from 0."],
  [column("age"), "There is no column «age»."],
  [column("word"), "«word» holds text."],
])("says what cannot be drawn, and asks for nothing (%#)", async (axis, message) => {
  const columns = [textColumn("word", ["a"])];
  store.set({ metadata: { columns, rows: 1, lines: 1, problems: [] }, method: "as_is", asIs: [axis, axis, axis] });
  await expect.poll(() => store.state.failures.dimensions?.message).toBe(message);
  expect([requests, store.state.failures.dimensions!.fix]).toEqual([[], expect.stringMatching(/^Choose/)]);
  store.set({ asIs: INITIAL_AS_IS });
  await expect.poll(drawn).toEqual(["dim 0", "dim 1"]);
  expect(store.state.failures).toEqual({});
});

describe("a column of metadata that is on its way", () => {
  beforeEach(() => {
    const shown = shownOf(ROWS);
    const metadata = { file: "r/m.tsv", version: "1", bytes: 9 };
    store.set({ shown: { ...shown, embedding: { ...shown.embedding, metadata } } });
    store.set({ method: "as_is", asIs: [column("age"), dimension(1), dimension(2)] });
    expect([requests, store.state.failures, store.state.tasks]).toEqual([[], {}, {}]);
  });

  it("is drawn once it is there", async () => {
    const columns = [numberColumn("age", new Array(ROWS).fill(3))];
    store.set({ metadata: { columns, rows: ROWS, lines: ROWS, problems: [] } });
    await expect.poll(drawn).toEqual(["age", "dim 1"]);
  });

  it("is missing once the metadata has failed", async () => {
    store.set({ failures: { metadata: { message: "It is cut off.", fix: "Copy it again." } } });
    await expect.poll(() => store.state.failures.dimensions?.message).toBe("There is no column «age».");
  });
});

describe("an answer that comes late", () => {
  const late = () => {
    const answers = new LateAnswers();
    start(answers.wait);
    return answers;
  };
  const filled = (...values: number[]) => values.map((value) => new Float32Array(ROWS).fill(value));

  it("is dropped if another choice was made meanwhile", async () => {
    const { asked } = late();
    const seen: unknown[] = [];
    store.subscribe(({ coordinates }, changed) => changed.has("coordinates") && seen.push(coordinates?.axisNames));
    store.set({ method: "as_is" });
    store.set({ asIs: [dimension(5), dimension(6), dimension(7)] });
    expect(asked.map(({ request }) => request.parameters!.dims)).toEqual(["0,1", "5,6"]);
    asked[0]!.answer(filled(0, 1));
    asked[1]!.answer(filled(5, 6));
    await expect.poll(drawn).toEqual(["dim 5", "dim 6"]);
    expect(seen).toEqual([["dim 5", "dim 6"]]);
  });

  it("is waited for no more once another method is chosen", () => {
    late();
    store.set({ method: "as_is" });
    expect(store.state.tasks.dimensions?.words).toBe("Reading dimensions");
    store.set({ method: "pca" });
    expect(store.state.tasks).toEqual({});
  });

  it("or is a refusal, which is said in the panel", async () => {
    const { asked } = late();
    store.set({ method: "as_is" });
    asked[0]!.refuse(new ApiError("bad_data", "It is cut off.", "Copy it again."));
    await expect.poll(() => store.state.failures.dimensions).toMatchObject({ message: "It is cut off." });
    expect(store.state.tasks).toEqual({});
  });
});
