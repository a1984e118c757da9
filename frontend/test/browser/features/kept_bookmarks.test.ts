/** Files of bookmarks that are dropped onto a page without data. */
import { beforeEach, expect, it } from "vitest";
import { writeBookmarks } from "../../../src/data/bookmark_file";
import { feature as bookmarks } from "../../../src/features/bookmarks";
import type { Context } from "../../../src/features/feature";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { Store } from "../../../src/state/store";
import { FakeClient } from "../../fake_client";
import { wordsOf } from "../dom";
import { dataState, mountPage } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;
let actions: Actions;

beforeEach(async () => {
  const mounted = await mountPage();
  store = mounted.store;
  const client = new FakeClient({ "GET bookmarks": () => ({ bookmarks: [], saving: null, left_out: 0 }) });
  const context = { store, client, coordinates: new MethodCoordinates(store), actions: mounted.actions };
  actions = { ...mounted.actions, ...bookmarks.start!(context as unknown as Context) } as Actions;
});

const one = (label: string) => ({
  ...{ label, view: {}, selection: null, trail: [], pictures: [], tags: [], notes: [], raw: null },
  data: { run: "train", embedding: "words", step: 1, rows: 3, dims: 3 },
});

async function drop(content: string): Promise<string> {
  await actions.loadIfBookmarks(new File([content], "views.json"));
  await settled();
  return wordsOf(document.body);
}

it("are said to be kept at once, and are listed once data is shown", async () => {
  expect(await drop(writeBookmarks([one("first")]))).toContain("1 bookmark is kept in this window");
  expect(await drop(writeBookmarks([one("second"), one("third")]))).toContain("3 bookmarks are kept in this window");
  store.set(dataState());
  await settled();
  const words = wordsOf(document.body);
  for (const label of ["first", "second", "third"]) expect(words).toContain(label);
  expect(words).not.toContain("kept in this window");
});

it("say at once why they cannot be read", async () => {
  const words = await drop("{ broken");
  expect(words).toContain("views.json:");
  expect(words).not.toContain("kept in this window");
});
