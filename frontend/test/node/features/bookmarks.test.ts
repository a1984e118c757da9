/** Bookmarks opened on the data that they were made of, and on other data. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../src/api/client";
import { INITIAL_AXES, writeAxes } from "../../../src/data/axes";
import { type Bookmark, type BookmarkedData, makePicture } from "../../../src/data/bookmark";
import type { Runs } from "../../../src/data/runs";
import { BookmarkOpening } from "../../../src/features/bookmarks/opening";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { textColumn } from "../data/columns";

const ROWS = 4;
const tsne = makePicture(
  "tsne",
  { x: Float32Array.of(1, 2, 3, 4), y: Float32Array.of(5, 6, 7, 8), z: null },
  [],
  "as stored",
  100,
);
const data: BookmarkedData = { run: "train", embedding: "words", step: 5, rows: ROWS, dims: 8 };
const bookmark: Bookmark = {
  label: "t-SNE 1",
  view: {
    method: "tsne",
    terms: "+1-2",
    row: "3",
    axes: writeAxes([{ kind: "points", add: 1, subtract: 2 }, INITIAL_AXES[1], INITIAL_AXES[2]]),
    colorBy: "kind",
    sizeBy: "count",
    imageBy: "photo",
    colorChoice: "shade::viridis:::",
    tableSort: "@row,-age",
    filters: "gone:~:part,kind:~:a",
  },
  data,
  selection: Int32Array.of(0, 2),
  trail: [{ rows: Int32Array.of(0, 1, 2), words: "3 by lasso" }],
  pictures: [tsne],
  notes: [],
};

let store: Store;
let opening: BookmarkOpening;

/** The page with a run of these names and sizes. */
function show({ run, embedding, step, rows, dims }: BookmarkedData): void {
  const one = { name: embedding, steps: [{ step, version: "1", shape: [rows, dims] }] };
  const shown = { run: { name: run, embeddings: [one] }, embedding: one, step: one.steps[0] };
  const columns = [textColumn("kind", ["a", "b", "a", "b"])];
  store.set({
    runs: { runs: [shown.run], problems: [] } as unknown as Runs,
    shown: shown as unknown as State["shown"],
    metadata: { columns, rows, lines: rows, problems: [] },
  });
}

beforeEach(() => {
  store = new Store();
  const client = { postSubset: async (rows: Int32Array) => `subset-${rows.join("-")}` } as unknown as Client;
  opening = new BookmarkOpening(store, client, new Tasks(store, () => {}), new MethodCoordinates(store));
});

describe("a bookmark", () => {
  it.each([
    ["the same run", data],
    ["a run that was renamed", { ...data, run: "2026/train" }],
  ])("opens whole on %s", async (_where, here) => {
    show(here);
    await opening.open(bookmark);
    const { coordinates, selection, terms, subset, axes, row } = store.state;
    expect(coordinates).toMatchObject({ x: tsne.x, y: tsne.y });
    expect(selection).toEqual(bookmark.selection);
    expect(terms).toHaveLength(2);
    expect([subset?.rows, row]).toEqual([bookmark.trail[0]!.rows, 3]);
    expect(axes[0]).toMatchObject({ kind: "points", add: 1 });
    expect(store.state.bookmarkNotes.join()).not.toContain("dropped were");
  });

  it.each([
    [
      "another tensor of as many rows",
      { ...data, embedding: "images" },
      "It is of the tensor “words”, here is “images”",
    ],
    [
      "as many rows of other dimensions",
      { ...data, dims: 9 },
      "It is of 4 points of 8 dimensions, here are 4 points of 9",
    ],
  ])("puts nothing on the points of %s, and names what it dropped", async (_where, here, said) => {
    show(here);
    await opening.open(bookmark);
    const { coordinates, selection, terms, subset, axes, row, method, bookmarkNotes } = store.state;
    expect([coordinates, selection, terms, subset, row]).toEqual([null, null, [], null, null]);
    expect(axes[0]).toEqual({ kind: "points", add: null, subtract: null });
    expect(method).toBe("tsne");
    const note = bookmarkNotes.find((one) => one.includes(said));
    const parts = ["its coordinates", "the selected point", "the selected points", "the sum of points"];
    for (const part of [...parts, "the custom axes", "the isolated points"]) expect(note).toContain(part);
  });

  it("keeps the points of another step, without coordinates of other vectors", async () => {
    show({ ...data, step: 9 });
    await opening.open(bookmark);
    expect(store.state.coordinates).toBeNull();
    expect(store.state.selection).toEqual(bookmark.selection);
    expect(store.state.bookmarkNotes.join()).toContain(
      "It is of step 5, here is step 9: dropped were its coordinates.",
    );
  });

  it("of the built-in projector, which names no tensor, fits data of the same size", async () => {
    show(data);
    await opening.open({ ...bookmark, data: { ...data, run: null, embedding: null, step: null } });
    expect(store.state.coordinates).toMatchObject({ x: tsne.x });
  });

  it("names the columns that are not here, wherever it uses them", async () => {
    show(data);
    await opening.open(bookmark);
    const { colorBy, sizeBy, imageBy, colorChoice, tableSort, filters, bookmarkNotes } = store.state;
    expect([colorBy, sizeBy, imageBy, colorChoice]).toEqual(["kind", null, null, null]);
    expect(tableSort.map(({ column }) => column)).toEqual(["@row"]);
    expect(filters.map(({ column }) => column)).toEqual(["kind"]);
    for (const name of ["count", "photo", "shade", "age", "gone"])
      expect(bookmarkNotes).toContain(`There is no column “${name}” here, which it uses.`);
  });
});
