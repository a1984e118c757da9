/** The user's own files in the data panel: what is offered, what is read, where the metadata is from, and tags. */
import { beforeEach, expect, it } from "vitest";
import type { Tag } from "../../../src/data/tags";
import { MetadataSection } from "../../../src/features/data/metadata_section";
import { all, button } from "../dom";
import { dataState } from "../page/mounted_page";
import { type Mounted, mountPanel } from "./mounted_panel";

const TAG: Tag = { column: "mine", value: "good", rows: Int32Array.of(1) };

let section: Mounted;

beforeEach(async () => {
  section = await mountPanel(new MetadataSection(), dataState());
});

const offered = () => all("button").map((one) => one.ariaLabel ?? one.textContent!.trim());

it("offers only to open vectors before there is data, and to save metadata where there is some", async () => {
  expect(offered()).toEqual(["Open vectors", "Load metadata", "Save metadata"]);
  await section.show({ metadata: null });
  expect(offered()).toEqual(["Open vectors", "Load metadata"]);
  await section.show({ shown: null });
  expect([offered(), all("button")[0]!.textContent!.trim()]).toEqual([["Open vectors"], "Open vectors"]);
});

it("asks for a file, where none was dropped", () => {
  button("Open vectors").click();
  button("Load metadata").click();
  button("Save metadata").click();
  expect(section.actions.openVectors).toHaveBeenCalledWith(null);
  expect(section.actions.loadMetadata).toHaveBeenCalledWith(null);
  expect(section.actions.downloadMetadata).toHaveBeenCalledOnce();
});

it("says that a file is read, which can be canceled, and what is to be said of it", async () => {
  await section.show({ tasks: { upload: { words: "Reading a.tsv", startedAtMs: 0 } } });
  expect(section.words()).toContain("Reading a.tsv…");
  button("Cancel").click();
  expect(section.actions.cancel).toHaveBeenCalledWith("upload");
  await section.show({ tasks: {}, uploadNote: "2 lines more than points." });
  expect(section.words()).not.toContain("Reading");
  expect(section.words()).toContain("2 lines more than points.");
  button("Close the note").click();
  expect(section.store.state.uploadNote).toBeNull();
});

it("says why a file could not be read", async () => {
  await section.show({ failures: { upload: { message: "It is torn.", fix: "Fix it." } } });
  expect(section.words()).toContain("It is torn. Fix it.");
});

it("says which file the metadata is from, and goes back to the run's own", async () => {
  await section.show({ metadataUpload: "0123" });
  expect(section.words()).toContain("Metadata is from a file loaded here.");
  await section.show({ metadataFiles: { "0123": "mine.tsv" } });
  expect(section.words()).toContain("Metadata is from mine.tsv, loaded here.");
  button("Use the run's own").click();
  expect(section.actions.forgetMetadata).toHaveBeenCalledOnce();
});

it("counts tags, and says whether a file has them all", async () => {
  expect(section.words()).not.toContain("of yours");
  const tags = [TAG, { ...TAG, value: "bad" }];
  await section.show({ tags, savedTags: tags });
  expect(section.words()).toContain("2 tags of yours, saved in a file.");
  await section.show({ tags: [...tags, TAG] });
  expect(section.words()).toContain(
    "3 tags of yours, in this page only: save the metadata or a bookmark to keep them.",
  );
});

it("counts unsaved tags on other tensors, and leads to the one that was tagged last, if it is there", async () => {
  const kept = { run: "train", rows: 1000, tags: [TAG], savedTags: [], metadataUpload: null, uploadNote: null };
  const gone = { ...kept, embedding: "gone" };
  await section.show({ tensorEdits: [{ ...gone, savedTags: gone.tags }] });
  expect(section.words()).not.toContain("in this page only");
  await section.show({ tensorEdits: [gone] });
  expect(section.words()).toContain("1 tag on gone is in this page only.");
  expect(offered()).not.toContain("Show gone");
  await section.show({ tensorEdits: [gone, { ...kept, embedding: "words" }], query: "king", row: 1 });
  expect(section.words()).toContain("2 tags on 2 other tensors are in this page only.");
  expect(all("[title*='train']")[0]!.title).toBe("train · gone\ntrain · words");
  button("Show words").click();
  const { run, embedding, step, query, row } = section.store.state;
  expect([run, embedding, step, query, row]).toEqual(["train", "words", null, "", null]);
});

it("does not count tags of the tensor that is shown as those of another", async () => {
  const kept = { run: "train", embedding: "words", tags: [TAG], savedTags: [], metadataUpload: null, uploadNote: null };
  await section.show({ tags: kept.tags, tensorEdits: [{ ...kept, rows: 3 }] });
  expect(section.words()).not.toContain("1 tag on words");
  await section.show({ tensorEdits: [{ ...kept, rows: 2 }] });
  expect(section.words()).toContain("1 tag on words is in this page only.");
});
