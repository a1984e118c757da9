/** Bookmarks: those of the run, what a page writes into their files, and those of this window. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../../src/api/failure";
import type { Bookmark } from "../../../src/data/bookmark";
import { parseBookmarks } from "../../../src/data/bookmark_file";
import type { BookmarksActions } from "../../../src/features/bookmarks/fields";
import { makeBookmarking } from "../../../src/features/bookmarks/follow";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { FakeClient } from "../../fake_client";
import { LateAnswers } from "../../late_answers";

const STATE = { format: "tb-projector-plugin", version: 1, label: "plain", data: { rows: 4, dims: 8 }, view: {} };
const NEWER = { ...STATE, version: 9, label: "newer", hologram: { deep: [1] }, pictures: [{ method: "holo", x: "?" }] };
const UNREADABLE = { format: "of tomorrow", matter: "dark" };

/** A server with one file, as `/bookmarks` answers. */
class Server {
  states: unknown[] | null = [NEWER, UNREADABLE, STATE];
  version = 1;
  readonly saved: { name: string; version: string | null }[] = [];
  readonly removed: string[] = [];

  async fetchBookmarks() {
    const problem = this.states === null ? { message: "Line 1 is not JSON.", fix: "Save it again." } : null;
    const file = { name: "bookmarks", file: "train/bookmarks/bookmarks.json", version: `v${this.version}` };
    return {
      saving: { allowed: true, why: null, fix: null },
      left_out: 3,
      bookmarks: [{ ...file, replaceable: true, states: this.states, problem }],
    };
  }

  async putBookmarks(name: string, version: string | null, body: string) {
    const expected = this.states?.length === 0 ? null : `v${this.version}`;
    if (version !== expected) throw new ApiError("stale", "The file was saved again.", "Look again.");
    this.saved.push({ name, version });
    this.states = JSON.parse(body);
    return `v${++this.version}`;
  }

  async deleteBookmarks(name: string) {
    this.removed.push(name);
    this.states = [];
  }
}

let store: Store;
let server: Server;
let actions: BookmarksActions;

async function show(): Promise<void> {
  const client = new FakeClient({
    "GET bookmarks": () => server.fetchBookmarks(),
    "PUT bookmarks": async ({ parameters, json }) => {
      const { bookmark, version } = parameters as { bookmark: string; version: string | null };
      return { bookmark: { version: await server.putBookmarks(bookmark, version, json!) } };
    },
    "DELETE bookmarks": ({ parameters }) => server.deleteBookmarks(String(parameters!.bookmark)),
  });
  const others = { stopLayout: vi.fn() } as unknown as Actions;
  actions = makeBookmarking(store, client, new MethodCoordinates(store), others);
  const one = { name: "words", steps: [{ step: 5, version: "1", shape: [4, 8] }] };
  store.set({ shown: { run: { name: "train" }, embedding: one, step: one.steps[0] } as unknown as State["shown"] });
  await expect.poll(() => store.state.bookmarkSaving).not.toBeNull();
}

const own = (label: string) => parseBookmarks(JSON.stringify([{ ...STATE, label }])).bookmarks;

beforeEach(() => {
  store = new Store();
  server = new Server();
});

describe("saving to the run", () => {
  it("keeps every state of the file as it is, those that cannot be read too, and appends", async () => {
    await show();
    store.set({ bookmarks: own("mine") });
    await actions.saveBookmarksToRun("bookmarks");
    expect(server.states).toEqual([NEWER, UNREADABLE, STATE, { ...STATE, label: "mine" }]);
    expect(server.saved).toEqual([{ name: "bookmarks", version: "v1" }]);
    expect(store.state.bookmarks).toEqual([]);
  });

  it("never replaces a file that cannot be read", async () => {
    server.states = null;
    await show();
    store.set({ bookmarks: own("mine") });
    await actions.saveBookmarksToRun("bookmarks");
    expect(server.saved).toEqual([]);
    expect(store.state.bookmarks).toHaveLength(1);
    expect(store.state.bookmarkNotes[0]).toContain("train/bookmarks/bookmarks.json cannot be read");
  });
});

describe("bookmarks of the run", () => {
  const labels = () => store.state.runBookmarks[0]?.bookmarks.map(({ label }) => label);
  const find = (label: string): Bookmark =>
    store.state.runBookmarks[0]!.bookmarks.find((bookmark) => bookmark.label === label)!;

  it("open the list, and files that are not listed are counted", async () => {
    await show();
    expect([store.state.bookmarksOpen, store.state.bookmarkFilesLeftOut]).toEqual([true, 3]);
  });

  it("are renamed, moved and removed in their file, one change after the other", async () => {
    await show();
    const [newer, plain] = [find("newer"), find("plain")];
    await Promise.all([actions.renameBookmark(newer, "named"), actions.moveBookmark(plain, 0)]);
    expect(labels()).toEqual(["plain", "named"]);
    expect(server.states).toEqual([STATE, { ...NEWER, label: "named" }, UNREADABLE]);
    await actions.removeBookmark(plain);
    expect(server.states).toEqual([{ ...NEWER, label: "named" }, UNREADABLE]);
    expect(server.saved.map(({ version }) => version)).toEqual(["v1", "v2", "v3"]);
  });

  it("whose last one is removed are a file less", async () => {
    server.states = [STATE];
    await show();
    await actions.removeBookmark(find("plain"));
    expect([server.removed, labels()]).toEqual([["bookmarks"], undefined]);
  });

  it("that were renamed, moved or removed are as before, one change after the other", async () => {
    await show();
    const [newer, plain] = [find("newer"), find("plain")];
    await actions.renameBookmark(newer, "named");
    await actions.moveBookmark(plain, 0);
    await actions.removeBookmark(plain);
    expect(store.state.bookmarkUndo).toBe("Removed “plain”");
    await actions.undoBookmarkChange();
    expect(labels()).toEqual(["plain", "named"]);
    await actions.undoBookmarkChange();
    expect(labels()).toEqual(["named", "plain"]);
    await actions.undoBookmarkChange();
    expect(labels()).toEqual(["newer", "plain"]);
    expect(server.states).toHaveLength(3);
    expect(server.states).toEqual(expect.arrayContaining([NEWER, UNREADABLE, STATE]));
    expect([store.state.bookmarkUndo, store.state.bookmarkRedo]).toEqual([null, "Renamed “newer”"]);
    for (const after of [["named", "plain"], ["plain", "named"], ["named"]]) {
      await actions.redoBookmarkChange();
      expect(labels()).toEqual(after);
    }
    expect([store.state.bookmarkUndo, store.state.bookmarkRedo]).toEqual(["Removed “plain”", null]);
    await actions.undoBookmarkChange();
    await actions.renameBookmark(find("named"), "other");
    expect(store.state.bookmarkRedo).toBeNull();
  });

  it("come back with their file, if it was removed with the last of them", async () => {
    server.states = [STATE];
    await show();
    await actions.removeBookmark(find("plain"));
    await actions.undoBookmarkChange();
    expect([server.states, labels()]).toEqual([[STATE], ["plain"]]);
  });

  it("that somebody else has changed are listed again, and that is reported", async () => {
    await show();
    server.states = [STATE];
    server.version = 7;
    await actions.renameBookmark(find("newer"), "named");
    expect(store.state.bookmarkNotes).toEqual(["The file was saved again. Look again."]);
    expect(labels()).toEqual(["plain"]);
    expect(server.states).toEqual([STATE]);
  });
});

describe("bookmarks of this window", () => {
  const labels = () => store.state.bookmarks.map(({ label }) => label);

  it("come back to where they were, however often they were moved", async () => {
    await show();
    store.set({ bookmarks: ["a", "b", "c"].flatMap(own), bookmarksSaved: false });
    const [a, b] = store.state.bookmarks;
    for (const to of [1, 2]) await actions.moveBookmark(a!, to);
    await actions.removeBookmark(b!);
    expect(labels()).toEqual(["c", "a"]);
    await actions.undoBookmarkChange();
    expect(labels()).toEqual(["b", "c", "a"]);
    await actions.undoBookmarkChange();
    expect(labels()).toEqual(["a", "b", "c"]);
    await actions.redoBookmarkChange();
    expect(labels()).toEqual(["b", "c", "a"]);
    await actions.removeBookmark(b!);
    await actions.undoBookmarkChange();
    store.set({ bookmarks: [] });
    await actions.redoBookmarkChange();
    expect([labels(), store.state.bookmarkNotes]).toEqual([[], ["“b” has changed since: this cannot be redone."]]);
  });
});

describe("files of bookmarks", () => {
  const bookmarkOf = (label: string) => new File([JSON.stringify([{ ...STATE, label }])], `${label}.json`);

  /** The page at a step of a run; the answers of the server wait for the test. */
  function showAt(run: string, step: number): void {
    const one = { name: "words", steps: [{ step, version: "1", shape: [4, 8] }] };
    store.set({ shown: { run: { name: run }, embedding: one, step: one.steps[0] } as unknown as State["shown"] });
  }

  it("are listed anew for another run, not for another step, and one that comes late is not", async () => {
    const late = new LateAnswers();
    makeBookmarking(store, new FakeClient({ "GET bookmarks": late.wait }), new MethodCoordinates(store), {} as Actions);
    const answer = (at: number, count: number) =>
      late.asked[at]!.answer({ saving: { allowed: true, why: null, fix: null }, left_out: count, bookmarks: [] });
    const seen: number[] = [];
    store.subscribe((state, changed) => changed.has("bookmarkFilesLeftOut") && seen.push(state.bookmarkFilesLeftOut));
    showAt("train", 1);
    showAt("train", 2);
    showAt("eval", 1);
    expect(late.parameters("run")).toEqual(["train", "eval"]);
    answer(0, 1);
    answer(1, 2);
    await expect.poll(() => store.state.bookmarkFilesLeftOut).toBe(2);
    expect(seen).toEqual([2]);
  });

  it("that the server refuses to list are a note in the panel", async () => {
    const refuse = () => Promise.reject(new ApiError("bad_data", "They cannot be read.", "Look."));
    makeBookmarking(store, new FakeClient({ "GET bookmarks": refuse }), new MethodCoordinates(store), {} as Actions);
    showAt("train", 1);
    await expect.poll(() => store.state.bookmarkNotes).toEqual(["They cannot be read. Look."]);
    expect(store.state.bookmarkSaving).toBeNull();
  });

  it("that are loaded add to those of this window; one that is none changes nothing and says why", async () => {
    await show();
    await actions.loadBookmarkFile(bookmarkOf("a"));
    await actions.loadBookmarkFile(bookmarkOf("b"));
    const labels = () => store.state.bookmarks.map(({ label }) => label);
    expect([labels(), store.state.bookmarksSaved]).toEqual([["a", "b"], true]);
    await actions.loadBookmarkFile(new File(["[{"], "torn.json"));
    expect([labels(), store.state.bookmarkNotes]).toEqual([["a", "b"], [expect.stringMatching(/^torn\.json: /)]]);
  });
});
