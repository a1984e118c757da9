/** The metadata that is shown, with the user's tags in it; tags on the selection; and the file of both. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Column } from "../../../src/data/column";
import { cellText } from "../../../src/data/column";
import type { Metadata } from "../../../src/data/metadata";
import type { Shown } from "../../../src/data/runs";
import type { Tag } from "../../../src/data/tags";
import { followMetadata, makeMetadataEditing } from "../../../src/features/data/editing";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { numberColumn, textColumn } from "../../node/data/columns";
import { shownOf } from "../../node/features/shown_data";
import { noteSavedFiles, type SavedFile } from "../saved_files";

const ROWS = 4;
const WORD = textColumn("word", ["ant", "bee", "cat", "dog"]);
const LEGS = numberColumn("legs", [6, 6, 4, 4]);

let store: Store;
let actions: ReturnType<typeof makeMetadataEditing>;

beforeEach(() => {
  store = new Store();
  followMetadata(store);
  actions = makeMetadataEditing(store);
  store.set({ shown: shownOf(ROWS) });
});
afterEach(() => vi.restoreAllMocks());

function fileOf(...columns: Column[]): Metadata {
  const { rows } = columns[0]!;
  return { columns, rows, lines: rows, problems: [] };
}

const tagOf = (column: string, value: string, ...rows: number[]): Tag => ({
  column,
  value,
  rows: Int32Array.from(rows),
});

/** The cells of a column that is shown. */
function cells(name: string): (string | null)[] {
  const column = store.state.metadata!.columns.find((one) => one.name === name)!;
  return Array.from({ length: column.rows }, (_, row) => cellText(column, row));
}

it("a tag gives the points its colors, though the neighbors kept gave them before", () => {
  store.set({ colorBy: "kind", selection: Int32Array.of(1) });
  store.set({ quality: { keptByRow: new Float32Array(ROWS) } as State["quality"], colorByQuality: true });
  actions.tagSelection("kind", "insect");
  expect([store.state.colorBy, store.state.colorByQuality]).toEqual(["kind", false]);
});

describe("the metadata", () => {
  it("is the file's own without tags, and again once they are undone", () => {
    const file = fileOf(WORD);
    store.set({ fileMetadata: file });
    expect(store.state.metadata).toBe(file);
    store.set({ tags: [tagOf("word", "bug", 0, 1)] });
    expect(cells("word")).toEqual(["bug", "bug", "cat", "dog"]);
    store.set({ tags: [] });
    expect(store.state.metadata).toBe(file);
  });

  it("has tags in columns of their own, the newest last; the other columns stay as they are", () => {
    store.set({ fileMetadata: fileOf(WORD, LEGS), tags: [tagOf("kind", "insect", 0, 1, 2), tagOf("kind", "pet", 2)] });
    expect(cells("kind")).toEqual(["insect", "insect", "pet", null]);
    expect(store.state.metadata!.columns.slice(0, 2)).toEqual([WORD, LEGS]);
    expect(store.state.metadata!.columns[0]).toBe(WORD);
  });

  it("has as many rows as the tensor, and the problems of its file", () => {
    const problem = { level: "warning", message: "A line is missing." } as Metadata["problems"][number];
    store.set({ fileMetadata: { ...fileOf(textColumn("word", ["ant", "bee"])), problems: [problem] } });
    store.set({ tags: [tagOf("kind", "pet", 3)] });
    expect(cells("kind")).toEqual([null, null, null, "pet"]);
    expect(store.state.metadata).toMatchObject({ rows: ROWS, lines: 2, problems: [problem] });
  });

  it("is of tags alone where there is no file, and none without data", () => {
    store.set({ tags: [tagOf("kind", "pet", 3)] });
    expect(cells("kind")).toEqual([null, null, null, "pet"]);
    store.set({ shown: null, tags: [tagOf("kind", "pet", 2)] });
    expect(store.state.metadata).toBeNull();
  });

  it("waits for a file on its way, and has the tags alone once that has failed", () => {
    const shown = shownOf(ROWS);
    const metadata = { file: "words.tsv", version: "v", bytes: 9 };
    store.set({ shown: { ...shown, embedding: { ...shown.embedding, metadata } } as Shown });
    store.set({ tags: [tagOf("kind", "pet", 3)] });
    expect(store.state.metadata).toBeNull();
    store.set({ failures: { metadata: { message: "It is cut off.", fix: "Copy it again." } } });
    expect(cells("kind")).toEqual([null, null, null, "pet"]);
  });
});

describe("a tag", () => {
  it("is for the selected points, without spaces around its words, and colors by its column", () => {
    store.set({ selection: Int32Array.of(1, 3) });
    actions.tagSelection(" kind ", " pet ");
    expect(store.state.tags).toEqual([tagOf("kind", "pet", 1, 3)]);
    expect(store.state.colorBy).toBe("kind");
    store.set({ selection: null, query: "a", matches: Int32Array.of(0) });
    actions.tagSelection("kind", "");
    expect(store.state.tags).toEqual([tagOf("kind", "pet", 1, 3), tagOf("kind", "", 0)]);
  });

  it("keeps its points when the selection changes in place", () => {
    const selection = Int32Array.of(1, 3);
    store.set({ selection });
    actions.tagSelection("kind", "pet");
    selection[0] = 0;
    expect(store.state.tags).toEqual([tagOf("kind", "pet", 1, 3)]);
  });

  it("of no point, or in no column, is none", () => {
    actions.tagSelection("kind", "pet");
    store.set({ selection: Int32Array.of(1) });
    actions.tagSelection("  ", "pet");
    expect([store.state.tags, store.state.colorBy]).toEqual([[], null]);
  });
});

describe("the file of the metadata", () => {
  let saved: SavedFile[];

  beforeEach(() => {
    saved = noteSavedFiles();
  });

  it("is named after the tensor, and has all columns, tags included, which are saved then", async () => {
    store.set({ fileMetadata: fileOf(WORD, LEGS), tags: [tagOf("kind", "pet", 3)] });
    await actions.downloadMetadata();
    expect(saved.map(({ name }) => name)).toEqual(["e_metadata.tsv"]);
    const lines = (await saved[0]!.content.text()).trimEnd().split("\n");
    expect(lines[0]).toBe("word\tlegs\tkind");
    expect([lines[4], lines.length]).toEqual(["dog\t4\tpet", 5]);
    expect(store.state.savedTags).toBe(store.state.tags);
  });

  it("has not the tags that come while it is written: they are unsaved", async () => {
    store.set({ fileMetadata: fileOf(WORD), tags: [tagOf("kind", "pet", 3)] });
    const written = actions.downloadMetadata();
    store.set({ tags: [...store.state.tags, tagOf("kind", "pet", 2)] });
    await written;
    expect(await saved[0]!.content.text()).toContain("cat\t\n");
    expect(store.state.savedTags).toEqual([]);
  });

  it("saves the tags of its tensor, though another one is shown by then", async () => {
    const tags = [tagOf("kind", "pet", 3)];
    store.set({ fileMetadata: fileOf(WORD), tags });
    const written = actions.downloadMetadata();
    const kept = { run: "r", embedding: "e", rows: ROWS, tags, savedTags: [], metadataUpload: null, uploadNote: null };
    store.set({ tags: [], tensorEdits: [kept] });
    await written;
    expect(store.state.tensorEdits).toEqual([{ ...kept, savedTags: tags }]);
    expect(store.state.savedTags).toEqual([]);
  });

  it("is none without columns, or without data", async () => {
    await actions.downloadMetadata();
    store.set({ fileMetadata: fileOf(WORD) });
    store.set({ shown: null });
    await actions.downloadMetadata();
    expect(saved).toEqual([]);
  });
});
