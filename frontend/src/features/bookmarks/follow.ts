/** Bookmarks: kept in the window, in files, and with the run where permitted. */
import type { Client } from "../../api/client";
import { ApiError } from "../../api/failure";
import type { Bookmark } from "../../data/bookmark";
import {
  type BookmarkFileAnswer,
  MAX_FILE_BYTES,
  parseBookmarks,
  readStates,
  writeBookmarks,
} from "../../data/bookmark_file";
import { fileNameOf } from "../../data/file_name";
import { formatCount } from "../../data/format";
import type { Shown } from "../../data/runs";
import type { Actions } from "../../state/actions";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { Store } from "../../state/store";
import { saveFile } from "../../work/save_file";
import type { Tasks } from "../../work/tasks";
import type { BookmarksActions, RunBookmarks } from "./fields";
import { makeBookmark } from "./making";
import { BookmarkOpening } from "./opening";

export function makeBookmarking(
  store: Store,
  client: Client,
  tasks: Tasks,
  coordinates: MethodCoordinates,
  actions: Actions,
): BookmarksActions {
  return new Bookmarking(
    store,
    client,
    coordinates,
    new BookmarkOpening(store, client, tasks, coordinates),
    actions,
  ).actions();
}

class Bookmarking {
  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly coordinates: MethodCoordinates,
    private readonly opening: BookmarkOpening,
    private readonly others: Actions,
  ) {
    let previous: Shown | null = null;
    store.subscribe(({ shown }, changed) => {
      if (!changed.has("shown") || shown === null) return;
      const isAnother = previous?.run.name !== shown.run.name || previous.embedding.name !== shown.embedding.name;
      previous = shown;
      if (isAnother) void this.#loadRunBookmarks(shown);
    });
  }

  actions(): BookmarksActions {
    return {
      addBookmark: () => this.#add(),
      openBookmark: (bookmark) => this.#open(bookmark),
      stepBookmark: (by) => this.#step(by),
      renameBookmark: (bookmark, label) => this.#replace(bookmark, { ...bookmark, label }),
      moveBookmark: (bookmark, to) => this.#move(bookmark, to),
      removeBookmark: (bookmark) => this.#set(this.#list.filter((one) => one !== bookmark)),
      downloadBookmarks: () => this.#download(),
      loadBookmarkFile: (file) => this.#load(file),
      saveBookmarksToRun: (name) => this.#saveToRun(name),
    };
  }

  get #list(): readonly Bookmark[] {
    return this.store.state.bookmarks;
  }

  #set(bookmarks: readonly Bookmark[]): void {
    this.store.set({ bookmarks, bookmarksSaved: bookmarks.length === 0, bookmarkNotes: [] });
  }

  #add(): void {
    const bookmark = makeBookmark(this.store.state, this.coordinates);
    if (bookmark === null) return;
    this.#set([...this.#list, bookmark]);
    this.store.set({ bookmark, bookmarksOpen: true, bookmarkNotes: bookmark.notes });
  }

  async #open(bookmark: Bookmark): Promise<void> {
    this.others.stopLayout(); // It would go on moving the points that the bookmark positions.
    await this.opening.open(bookmark);
  }

  #step(by: 1 | -1): void {
    const all = [...this.store.state.runBookmarks.flatMap(({ bookmarks }) => bookmarks), ...this.#list];
    if (all.length === 0) return;
    const at = all.indexOf(this.store.state.bookmark!);
    const next = at < 0 ? (by === 1 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    void this.#open(all[next]!);
  }

  #replace(bookmark: Bookmark, by: Bookmark): void {
    this.#set(this.#list.map((one) => (one === bookmark ? by : one)));
    if (this.store.state.bookmark === bookmark) this.store.set({ bookmark: by });
  }

  #move(bookmark: Bookmark, to: number): void {
    const others = this.#list.filter((one) => one !== bookmark);
    if (others.length === this.#list.length || to < 0 || to > others.length) return;
    this.#set([...others.slice(0, to), bookmark, ...others.slice(to)]);
  }

  #download(): void {
    if (this.#list.length === 0) return;
    const name = `${fileNameOf(this.#list[0]!.data.run, this.#list[0]!.data.embedding)}_bookmarks.json`;
    saveFile(new Blob([writeBookmarks(this.#list)], { type: "application/json" }), name);
    this.store.set({ bookmarksSaved: true });
  }

  async #load(file: File): Promise<void> {
    try {
      if (file.size > MAX_FILE_BYTES)
        throw new Error(`It has ${formatCount(file.size)} bytes: more than any bookmark file.`);
      const { bookmarks, notes } = parseBookmarks(await file.text());
      const isSaved = this.store.state.bookmarksSaved;
      this.#set([...this.#list, ...bookmarks]);
      this.store.set({ bookmarksSaved: isSaved, bookmarkNotes: notes, bookmarksOpen: true });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.store.set({ bookmarkNotes: [`${file.name}: ${reason}`], bookmarksOpen: true });
    }
  }

  /** Offers the run's bookmarks; a run without any is not worth a note. */
  async #loadRunBookmarks(shown: Shown): Promise<void> {
    this.store.set({ runBookmarks: [], bookmarkSaving: null });
    try {
      const answer = await this.client.fetchBookmarks(shown);
      const isShown = this.store.state.shown?.run.name === shown.run.name;
      if (isShown) this.store.set({ runBookmarks: answer.bookmarks.map(readRunFile), bookmarkSaving: answer.saving });
    } catch (error) {
      if (error instanceof ApiError) this.store.set({ bookmarkNotes: [`${error.message} ${error.fix}`] });
      else throw error;
    }
  }

  /** Appends to the file of that name, whose states stay as they are written there. */
  async #saveToRun(name: string): Promise<void> {
    const { shown, runBookmarks } = this.store.state;
    if (shown === null || this.#list.length === 0) return;
    const existing = runBookmarks.find((file) => file.name === name && file.replaceable);
    if (existing?.states === null) return this.store.set({ bookmarkNotes: [unreadable(existing)] });
    const body = writeBookmarks(this.#list, existing?.states ?? []);
    try {
      await this.client.putBookmarks(shown, name, existing?.version ?? null, body);
      this.store.set({ bookmarks: [], bookmarksSaved: true, bookmarkNotes: [] });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.store.set({ bookmarkNotes: [`${error.message} ${error.fix}`] });
    }
    await this.#loadRunBookmarks(shown);
  }
}

function unreadable({ file }: RunBookmarks): string {
  return `${file} cannot be read, so it is not replaced. Save under another name, or repair it.`;
}

function readRunFile({ name, file, version, replaceable, states, problem }: BookmarkFileAnswer): RunBookmarks {
  const read = readStates(states ?? []);
  const notes = problem === null ? read.notes : [`${problem.message} ${problem.fix}`];
  return { name, file, version, replaceable, states, bookmarks: read.bookmarks, notes };
}
