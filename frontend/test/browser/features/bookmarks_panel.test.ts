/** The list of bookmarks: opened, renamed, moved and removed by mouse and keys, saved to files and to the run. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import type { Bookmark } from "../../../src/data/bookmark";
import type { RunBookmarks } from "../../../src/features/bookmarks/fields";
import { BookmarksPanel } from "../../../src/features/bookmarks/panel";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field } from "../dom";
import { dataState } from "../page/mounted_page";
import { type Mounted, mountPanel } from "./mounted_panel";

const ALLOWED = { allowed: true, why: null, fix: null };
const [ANT, BEE, CAT] = ["ant", "bee", "cat"].map(bookmarkOf) as [Bookmark, Bookmark, Bookmark];

let store: Store;
let show: Mounted["show"];
let words: Mounted["words"];
let actions: NotedActions;

beforeEach(async () => {
  const list = { bookmarks: [ANT, BEE, CAT], bookmarksOpen: true };
  ({ store, show, words, actions } = await mountPanel(new BookmarksPanel(), { ...dataState(), ...list }));
});

function bookmarkOf(label: string): Bookmark {
  const data = { run: "train", embedding: "words", step: 1000, rows: 3, dims: 3 };
  const nothing = { selection: null, trail: [], pictures: [], tags: [], notes: [], raw: null };
  return { label, view: {}, data, ...nothing };
}

function fileOf(patch: Partial<RunBookmarks> = {}): RunBookmarks {
  const file = { name: "tour", file: "train/bookmarks/tour.json", version: "v", replaceable: true, states: [] };
  return { ...file, bookmarks: [bookmarkOf("dog")], notes: [], ...patch };
}

it("is not there before data is", async () => {
  expect(words()).toContain("Bookmarks 3");
  await show({ shown: null });
  expect(words().trim()).toBe("");
});

it("says in an empty list what a bookmark is", async () => {
  await show({ bookmarks: [] });
  expect(words()).toContain("A bookmark keeps this view with every computed coordinate");
  expect(() => button("Download")).toThrow();
});

it("folds to its head, and unfolds", async () => {
  button("Bookmarks 3").click();
  await show({});
  expect([store.state.bookmarksOpen, all("li")]).toEqual([false, []]);
  button("Bookmarks 3").click();
  expect(store.state.bookmarksOpen).toBe(true);
});

it("opens a bookmark that is clicked, says what it was made of, and marks the one that is open", async () => {
  expect(button("bee").title).toBe("train · words · step 1,000 · 3 points");
  button("bee").click();
  expect(actions.openBookmark).toHaveBeenCalledWith(BEE);
  await show({ bookmark: BEE });
  expect(["ant", "bee", "cat"].map((label) => button(label).getAttribute("aria-current"))).toEqual([
    "false",
    "true",
    "false",
  ]);
});

it("adds one by the button of its command, and steps where there are several", async () => {
  button("Bookmark this view").click();
  button("Next bookmark").click();
  button("Previous bookmark").click();
  expect(actions.addBookmark).toHaveBeenCalledOnce();
  expect(actions.stepBookmark.mock.calls).toEqual([[1], [-1]]);
  await show({ bookmarks: [ANT] });
  expect(() => button("Next bookmark")).toThrow();
});

describe("keys", () => {
  it("walk through the list, and remove", async () => {
    button("ant").focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(deepFocus()).toBe(button("bee"));
    await userEvent.keyboard("{Delete}");
    expect(actions.removeBookmark).toHaveBeenCalledWith(BEE);
  });

  it("move a bookmark, and take the focus along", async () => {
    actions.moveBookmark.mockImplementation(async () => store.set({ bookmarks: [BEE, ANT, CAT] }));
    button("ant").focus();
    await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(actions.moveBookmark).toHaveBeenCalledWith(ANT, 1);
    await expect.poll(deepFocus).toBe(button("ant"));
    expect(all("li").map((one) => one.querySelector(".open")!.textContent)).toEqual(["bee", "ant", "cat"]);
  });

  it("rename by F2 and Enter; Escape, and a name of blanks, leave it as it was", async () => {
    for (const [typed, calls] of [
      ["wasp{Escape}", []],
      ["{Delete}   {Enter}", []],
      ["wasp{Enter}", [[BEE, "wasp"]]],
    ] as const) {
      button("bee").focus();
      await userEvent.keyboard("{F2}");
      await show({});
      expect(deepFocus()).toBe(field("Name of the bookmark"));
      await userEvent.keyboard(typed);
      await show({});
      expect(() => field("Name of the bookmark")).toThrow();
      expect(actions.renameBookmark.mock.calls).toEqual(calls);
    }
  });
});

it("moves, renames and removes by buttons; the first is as far up as it goes", async () => {
  expect(button("Move ant up").disabled).toBe(true);
  button("Move bee up").click();
  button("Remove bee").click();
  expect([actions.moveBookmark.mock.calls, actions.removeBookmark.mock.calls]).toEqual([[[BEE, 0]], [[BEE]]]);
  button("Rename bee").click();
  await show({});
  expect(field("Name of the bookmark").value).toBe("bee");
});

it("says what was changed last, and takes it back or makes it again", async () => {
  await show({ bookmarkUndo: "Removed “dog”" });
  expect(words()).toContain("Removed “dog” Undo");
  button("Undo").click();
  await show({ bookmarkUndo: null, bookmarkRedo: "Removed “dog”" });
  expect(words()).toContain("Undone: Removed “dog” Redo");
  button("Redo").click();
  expect(actions.undoBookmarkChange).toHaveBeenCalledOnce();
  expect(actions.redoBookmarkChange).toHaveBeenCalledOnce();
});

it("shows notes until they are dismissed, and what the address has no room for", async () => {
  await show({ bookmarkNotes: ["tour.json: it is torn."], addressLeavesOut: ["selection"] });
  expect(words()).toContain("tour.json: it is torn.");
  expect(words()).toMatch(/The address has no room for .+: save a bookmark\./);
  button("Dismiss").click();
  await show({});
  expect(words()).not.toContain("it is torn");
});

describe("with the run", () => {
  it("cannot be saved where it is not known or not allowed, and the button says why", async () => {
    const save = () => [button("Save to the run…").disabled, button("Save to the run…").title];
    expect(save()).toEqual([true, ""]);
    await show({ bookmarkSaving: { allowed: false, why: "It is read only.", fix: "Start it so." } });
    expect(save()).toEqual([true, "It is read only. Start it so."]);
    await show({ bookmarkSaving: ALLOWED });
    expect(save()).toEqual([false, "Beside the run, for everyone who looks at it"]);
  });

  it("are saved under a name that is typed, to a new file or at the end of one", async () => {
    await show({ bookmarkSaving: ALLOWED, runBookmarks: [fileOf()] });
    button("Save to the run…").click();
    await show({});
    expect([field("Name of the file").value, words()]).toEqual([
      "bookmarks",
      expect.stringContaining("A new file beside the run's config."),
    ]);
    await userEvent.fill(field("Name of the file"), "tour");
    await show({});
    expect(words()).toContain("Added at the end of that file.");
    await userEvent.keyboard("{Enter}");
    expect(actions.saveBookmarksToRun).toHaveBeenCalledWith("tour");
    await show({});
    expect(() => field("Name of the file")).toThrow();
  });

  it("are not saved when Escape is pressed in the name", async () => {
    await show({ bookmarkSaving: ALLOWED });
    button("Save to the run…").click();
    await show({});
    await userEvent.type(field("Name of the file"), "{Escape}");
    await show({});
    expect(() => field("Name of the file")).toThrow();
    expect(actions.saveBookmarksToRun).not.toHaveBeenCalled();
  });

  it("can be changed only where that is allowed, file by file", async () => {
    const mayChange = () => all("button").some(({ ariaLabel }) => ariaLabel === "Remove dog");
    await show({ runBookmarks: [fileOf()] });
    expect([mayChange(), words()]).toEqual([false, expect.stringContaining("Bookmarks 4")]);
    await show({ bookmarkSaving: ALLOWED });
    expect(mayChange()).toBe(true);
    await show({ runBookmarks: [fileOf({ replaceable: false })] });
    expect(mayChange()).toBe(false);
  });

  it("that cannot be read are named in the list, and counted while it is folded", async () => {
    await show({ runBookmarks: [fileOf({ notes: ["Line 1 is not JSON."] })], bookmarkFilesLeftOut: 2 });
    expect(words()).toContain("Line 1 is not JSON.");
    await show({ bookmarksOpen: false });
    expect(words()).toContain("1 problem in the run's bookmark files. 2 more files of bookmarks are not listed.");
    button("Show").click();
    expect(store.state.bookmarksOpen).toBe(true);
  });
});

it("downloads those of this window, and loads a file that is chosen", async () => {
  button("Download").click();
  expect(actions.downloadBookmarks).toHaveBeenCalledOnce();
  const file = new File(["[]"], "tour.json");
  await userEvent.upload(field("Bookmark file"), file);
  expect(actions.loadBookmarkFile.mock.calls.map(([{ name }]) => name)).toEqual(["tour.json"]);
});
