/** The question before the page is left. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseBookmarks } from "../../../src/data/bookmark_file";
import type { Tag } from "../../../src/data/tags";
import { guardLeaving } from "../../../src/features/bookmarks/leaving";
import { Store } from "../../../src/state/store";

let store: Store;
const tags: Tag[] = [{ column: "mine", value: "good", rows: Int32Array.of(1) }];
const state = { format: "tb-projector-plugin", version: 1, data: { rows: 4, dims: 8 } };

beforeEach(() => {
  store = new Store();
  guardLeaving(store);
});

/** Its question goes on being asked: the next test is not to be asked by it. */
afterEach(() => store.set({ bookmarksSaved: true, savedTags: store.state.tags, tensorEdits: [] }));

/** Whether the browser would ask. */
function asks(): boolean {
  return !dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

it("is nothing while nothing would be lost", () => {
  expect(asks()).toBe(false);
  store.set({ bookmarks: parseBookmarks(JSON.stringify([state])).bookmarks });
  expect(asks()).toBe(false);
});

it("is whether to lose bookmarks, until they are saved", () => {
  store.set({ bookmarksSaved: false });
  expect(asks()).toBe(true);
  store.set({ bookmarksSaved: true });
  expect(asks()).toBe(false);
});

it("is whether to lose tags, until they are saved or gone; new ones are not saved", () => {
  store.set({ tags });
  expect(asks()).toBe(true);
  store.set({ savedTags: tags });
  expect(asks()).toBe(false);
  store.set({ tags: [...tags, ...tags] });
  expect(asks()).toBe(true);
  store.set({ tags: [] });
  expect(asks()).toBe(false);
});

it("is whether to lose tags on a tensor that is not shown", () => {
  const edits = { run: "train", embedding: "words", rows: 3, metadataUpload: null, uploadNote: null };
  store.set({ tensorEdits: [{ ...edits, tags, savedTags: [] }] });
  expect(asks()).toBe(true);
  store.set({ tensorEdits: [{ ...edits, tags, savedTags: tags }] });
  expect(asks()).toBe(false);
});
