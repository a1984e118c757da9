import { expect, it } from "vitest";
import type { Runs, Shown } from "../../../src/data/runs";
import type { Tag } from "../../../src/data/tags";
import {
  editsElsewhere,
  editsOf,
  hasUnsavedTags,
  keepEdits,
  markSaved,
  placeOf,
  type TensorEdits,
  unsavedWords,
} from "../../../src/data/tensor_edits";

const NONE = { tags: [], savedTags: [], metadataUpload: null, uploadNote: null };

function tagsOf(count: number): Tag[] {
  return Array.from({ length: count }, (_, at) => ({ column: "mine", value: `${at}`, rows: Int32Array.of(at) }));
}

function shownOf(run: string, rows = 3): Shown {
  return { run: { name: run }, embedding: { name: "words" }, step: { shape: [rows, 2] } } as unknown as Shown;
}

it("are kept for each number of rows, and dropped where nothing is left of them", () => {
  const tags = tagsOf(2);
  const all = keepEdits([], shownOf("a"), { ...NONE, tags });
  expect(editsOf(all, shownOf("a"))).toEqual({ ...NONE, tags });
  expect([editsOf(all, shownOf("b")), editsOf(all, shownOf("a", 4))]).toEqual([null, null]);
  expect(editsElsewhere(all, shownOf("a"))).toEqual([]);
  expect(editsElsewhere(all, null)).toEqual(all);
  expect(keepEdits(all, shownOf("a"), NONE)).toEqual([]);
});

it("are those of a hundred tensors; tags that no file has are beyond that", () => {
  let all: readonly TensorEdits[] = keepEdits([], shownOf("unsaved"), { ...NONE, tags: tagsOf(1) });
  for (let at = 0; at < 150; at++) all = keepEdits(all, shownOf(`${at}`), { ...NONE, metadataUpload: "0123" });
  expect(all.length).toBe(100);
  expect([all[0]!.run, all[1]!.run, all.at(-1)!.run]).toEqual(["unsaved", "51", "149"]);
  for (let at = 0; at < 150; at++) all = keepEdits(all, shownOf(`tagged ${at}`), { ...NONE, tags: tagsOf(1) });
  expect(all.filter(hasUnsavedTags).length).toBe(151);
});

it("have saved tags once a file has them, shown or not", () => {
  const [shown, other] = [tagsOf(1), tagsOf(2)];
  const tensorEdits = keepEdits([], shownOf("a"), { ...NONE, tags: other });
  const state = { tags: shown, savedTags: [], tensorEdits };
  const after = markSaved(state, [other]);
  expect([after.savedTags, after.tensorEdits.some(hasUnsavedTags)]).toEqual([[], false]);
  expect(markSaved(state, [shown]).savedTags).toBe(shown);
});

it("say how many tags are in the page only, and on what", () => {
  const one = keepEdits([], shownOf("a"), { ...NONE, tags: tagsOf(1) });
  expect(unsavedWords(one)).toBe("1 tag on words is in this page only.");
  const two = keepEdits(one, shownOf("b"), { ...NONE, tags: tagsOf(12) });
  expect(unsavedWords(two.slice(1))).toBe("12 tags on words are in this page only.");
  expect(unsavedWords(two)).toBe("13 tags on 2 other tensors are in this page only.");
});

it("are at the newest step with their points, unless there is none", () => {
  const steps = [3, 3, 4].map((rows, step) => ({ step, shape: [rows, 2] }));
  const runs = { runs: [{ name: "a", embeddings: [{ name: "words", steps }] }] } as unknown as Runs;
  const placeWith = (rows: number, run = "a") => placeOf({ ...NONE, run, embedding: "words", rows }, runs);
  expect(placeWith(3)).toEqual({ run: "a", embedding: "words", step: 1 });
  expect(placeWith(4)?.step).toBeNull();
  expect([placeWith(5), placeWith(3, "gone")]).toEqual([null, null]);
});
