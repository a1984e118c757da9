/** The note over the picture on what a link names: parts that were ignored, and a layout that is computed anew. */
import { beforeEach, expect, it } from "vitest";
import { AddressNote } from "../../../src/features/address/note";
import { all, button } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState, layoutStatus } from "./projection_state";

let note: Mounted;

beforeEach(async () => {
  note = await mountPanel(new AddressNote(), dataState());
});

const lines = () => all("p").map((line) => line.textContent!.trim());

it("is there only while it has something to say", async () => {
  expect(all("section")).toEqual([]);
  await note.show({ addressNotes: ["There is no column «gone»."] });
  expect([lines(), all("[role=status]").length]).toEqual([["There is no column «gone»."], 1]);
  await note.show({ addressNotes: [] });
  expect(all("section")).toEqual([]);
});

it("has four lines, and counts the others", async () => {
  const notes = Array.from({ length: 6 }, (_, at) => `Note ${at}.`);
  await note.show({ addressNotes: notes.slice(0, 4) });
  expect(lines()).toEqual(notes.slice(0, 4));
  await note.show({ addressNotes: notes });
  expect(lines()).toEqual([...notes.slice(0, 4), "And 2 more of the kind."]);
});

it("shows what a link holds as text", async () => {
  await note.show({ addressNotes: ["There is no column «<img src=x>»."] });
  expect([all("img"), lines()]).toEqual([[], ["There is no column «<img src=x>»."]]);
});

it("names the layout of the link, and runs it", async () => {
  await note.show({ method: "umap", addressLayout: "umap" });
  expect(note.words()).toContain("This link shows UMAP, which has to be computed; until then, this is PCA.");
  button("Run UMAP").click();
  expect(note.actions.runLayout).toHaveBeenCalledOnce();
});

it("names it until it runs, comes from a bookmark, or another projection is chosen, and not without data", async () => {
  await note.show({ method: "tsne", addressLayout: "tsne" });
  const { state } = note.store;
  const coordinates = { method: "tsne" } as NonNullable<typeof state.coordinates>;
  for (const change of [
    { layout: layoutStatus(state) },
    { coordinates },
    { method: "umap" },
    { shown: null },
  ] as const) {
    await note.show(change);
    expect(all("section"), Object.keys(change)[0]).toEqual([]);
    await note.show({ layout: null, coordinates: null, method: "tsne", shown: state.shown });
    expect(lines().length).toBe(1);
  }
});

it("is closed as a whole", async () => {
  await note.show({ method: "tsne", addressLayout: "tsne", addressNotes: ["There is no column «gone»."] });
  expect(lines().length).toBe(2);
  button("Close").click();
  await note.show({});
  const { addressNotes, addressLayout } = note.store.state;
  expect([addressNotes, addressLayout, all("section")]).toEqual([[], null, []]);
});
