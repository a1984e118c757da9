/** Bookmarks opened on the data that they were made of, and on other data. */
import { beforeEach, describe, expect, it } from "vitest";
import { INITIAL_AXES, writeAxes } from "../../../src/data/axes";
import { type Bookmark, type BookmarkedData, makePicture } from "../../../src/data/bookmark";
import { parseBookmarks, writeBookmarks } from "../../../src/data/bookmark_file";
import type { Runs } from "../../../src/data/runs";
import { makeBookmark } from "../../../src/features/bookmarks/making";
import { BookmarkOpening } from "../../../src/features/bookmarks/opening";
import { makeIsolating } from "../../../src/features/selection/isolating";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";
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
    importanceBy: "pages",
    imageBy: "photo",
    colorChoices: "shade::viridis:::",
    tableSort: "@row,-age",
    filters: "gone:~:part,kind:~:a",
  },
  data,
  selection: Int32Array.of(0, 2),
  trail: [{ rows: Int32Array.of(0, 1, 2), words: "3 by lasso" }],
  pictures: [
    { ...tsne, depth: 1 },
    { ...tsne, depth: 0, x: tsne.y },
  ],
  tags: [{ column: "mine", value: "good", rows: Int32Array.of(1) }],
  notes: [],
  raw: null,
};

let store: Store;
let coordinates: MethodCoordinates;
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

beforeEach(startPage);

function startPage(): void {
  store = new Store();
  const client = new FakeClient({
    "POST subsets": ({ columns }) => ({ subset: `subset-${columns!.row!.join("-")}` }),
  });
  coordinates = new MethodCoordinates(store);
  const actions = makeIsolating(store, client, new Tasks(store, async () => {})) as Actions;
  opening = new BookmarkOpening(store, actions, coordinates);
}

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
      "It was made from the tensor “words”; this is “images”",
    ],
    [
      "as many rows of other dimensions",
      { ...data, dims: 9 },
      "It was made from 4 points of 8 dimensions; these are 4 points of 9",
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
    for (const part of [...parts, "the custom axes", "the isolated points", "the tags"]) expect(note).toContain(part);
  });

  it("keeps the points of another step, without coordinates of other vectors", async () => {
    show({ ...data, step: 9 });
    await opening.open(bookmark);
    expect(store.state.coordinates).toBeNull();
    expect(store.state.selection).toEqual(bookmark.selection);
    expect(store.state.bookmarkNotes.join()).toContain(
      "It was made from step 5; this is step 9: dropped were its coordinates.",
    );
  });

  it("of the built-in projector, which names no tensor, fits data of the same size", async () => {
    show(data);
    await opening.open({ ...bookmark, data: { ...data, run: null, embedding: null, step: null } });
    expect(store.state.coordinates).toMatchObject({ x: tsne.x });
  });

  it("of the built-in projector, of filtered points alone, fits data with more", async () => {
    const state = {
      dataSetDimensions: [2, 8],
      filteredPoints: [2, 1],
      selectedPoints: [0],
      selectedProjection: "tsne",
      tSNEis3d: false,
      tSNEPerplexity: 0,
      projections: [
        { "tsne-0": 0.5, "tsne-1": 1 },
        { "tsne-0": 0.25, "tsne-1": 2 },
      ],
    };
    show(data);
    await opening.open(parseBookmarks(JSON.stringify([state])).bookmarks[0]!);
    const { coordinates, subset, selection, bookmarkNotes } = store.state;
    expect([subset?.rows, selection, bookmarkNotes]).toEqual([Int32Array.of(1, 2), Int32Array.of(2), []]);
    const none = Number.NaN;
    expect(coordinates).toMatchObject({
      x: Float32Array.of(none, 0.25, 0.5, none),
      y: Float32Array.of(none, 2, 1, none),
    });
    expect([coordinates!.rows, coordinates!.finiteRows]).toEqual([ROWS, 2]);
    store.set({ trail: [], subset: null, selection: null });
    show({ ...data, rows: 2 });
    await opening.open(parseBookmarks(JSON.stringify([state])).bookmarks[0]!);
    expect(store.state.bookmarkNotes.join()).toContain(
      "It was made from at least 3 points of 8 dimensions; these are 2 points",
    );
  });

  it("names the columns that are not here, wherever it uses them", async () => {
    show(data);
    await opening.open(bookmark);
    const { colorBy, sizeBy, importanceBy, imageBy, colorChoices, tableSort, filters, bookmarkNotes } = store.state;
    expect([colorBy, sizeBy, importanceBy, imageBy, colorChoices]).toEqual(["kind", null, null, null, []]);
    expect(tableSort.map(({ column }) => column)).toEqual(["@row"]);
    expect(filters.map(({ column }) => column)).toEqual(["kind"]);
    for (const name of ["count", "pages", "photo", "shade", "age", "gone"])
      expect(bookmarkNotes).toContain(`There is no column “${name}” here, which it uses.`);
  });
});

describe("what was computed", () => {
  const long = Array.from({ length: 150 }, (_, at) => 2 * at);

  /** Made in one window, written to a file and opened in another. */
  async function reopen(): Promise<void> {
    const made = makeBookmark(store.state, coordinates)!;
    const [read] = parseBookmarks(writeBookmarks([made])).bookmarks;
    startPage();
    show(data);
    await opening.open(read!);
  }

  it("is back for the isolated points and for all, with long axes and tags", async () => {
    show(data);
    const axes = [{ kind: "selections", add: long, subtract: [] }, INITIAL_AXES[1], INITIAL_AXES[2]] as const;
    await opening.open(bookmark);
    store.set({ axes });
    await reopen();
    expect(store.state.coordinates).toMatchObject({ x: tsne.x, subset: { name: "subset-0-1-2" } });
    expect(store.state.axes[0]).toEqual(axes[0]);
    expect(store.state.tags).toEqual(bookmark.tags);
    store.set({ trail: [], subset: null });
    expect(store.state.coordinates).toMatchObject({ x: tsne.y, subset: null });
  });

  it("by a running layout stays, though the layout takes its buffers back", () => {
    show(data);
    store.set({ method: "tsne", layout: { of: "tsne", phase: "running" } as State["layout"] });
    const [x, y] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)];
    coordinates.put({ ...tsne, x, y });
    const made = makeBookmark(store.state, coordinates)!;
    structuredClone(null, { transfer: [x.buffer, y.buffer] as ArrayBuffer[] });
    expect(made.pictures[0]).toMatchObject({ x: tsne.x, y: tsne.y });
  });

  it("leaves out points around the isolated ones above its size, and says which", async () => {
    const rows = 2_000_000;
    show({ ...data, rows });
    const column = new Float32Array(rows);
    const trail = [{ name: "few", rows: Int32Array.of(0, 1), words: "2" }];
    store.set({ method: "umap", trail, subset: trail[0]! });
    coordinates.put({ ...tsne, rows, x: column, y: column, z: column });
    coordinates.put({ ...tsne, method: "umap", rows, x: column, y: column, subset: trail[0]! });
    const { pictures, notes } = makeBookmark(store.state, coordinates)!;
    expect(pictures.map(({ method, depth }) => [method, depth])).toEqual([["umap", 1]]);
    expect(notes).toEqual([
      "t-SNE of all points is not in it: a bookmark holds 24 MB of coordinates. Bookmark it there, too.",
    ]);
  });

  it("leaves the user's own vectors in the address, and names none", async () => {
    show(data);
    const uploads = ["0123456789abcdef"];
    store.set({ uploads });
    await opening.open(bookmark);
    expect(makeBookmark(store.state, coordinates)!.view).not.toHaveProperty("uploads");
    await opening.open({ ...bookmark, view: { uploads: "fedcba9876543210" } });
    expect(store.state.uploads).toBe(uploads);
  });

  it("never loses tags of this page, and those of the bookmark win", async () => {
    show(data);
    const own = { column: "mine", value: "bad", rows: Int32Array.of(1) };
    store.set({ tags: [own] });
    await opening.open(bookmark);
    expect(store.state.tags).toEqual([own, ...bookmark.tags]);
  });
});
