/** The bookmark files of the run: listed, appended to, and edited one change after the other. */
import type { Client } from "../../api/client";
import { ApiError } from "../../api/failure";
import { type Bookmark, writeBookmark } from "../../data/bookmark";
import { type BookmarkFileAnswer, readStates, writeBookmarks } from "../../data/bookmark_file";
import type { Shown } from "../../data/runs";
import type { Store } from "../../state/store";
import type { RunBookmarks } from "./fields";
import { type Edit, type Entry, isBookmark } from "./list_edits";
import { deleteBookmarks, fetchBookmarks, putBookmarks } from "./requests";

/** The content of a file that is not there. */
const REMOVED = { version: null, states: [], bookmarks: [] } as const;

export class RunFiles {
  /** Settles after the last change that was begun: the next one needs the version that it leaves. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly client: Client,
  ) {}

  /** Lists them; a run without any is not worth a note. */
  async load(shown: Shown): Promise<void> {
    this.store.set({ runBookmarks: [], bookmarkFilesLeftOut: 0, bookmarkSaving: null });
    await this.#report(async () => {
      const { bookmarks, saving, left_out } = await fetchBookmarks(this.client, shown);
      const { shown: now } = this.store.state;
      if (now?.run.name !== shown.run.name || now.embedding.name !== shown.embedding.name) return;
      const runBookmarks = bookmarks.map(readRunFile);
      this.store.set({ runBookmarks, bookmarkFilesLeftOut: left_out, bookmarkSaving: saving });
      if (runBookmarks.some((file) => file.bookmarks.length > 0)) this.store.set({ bookmarksOpen: true });
    });
  }

  /** Appends to the file of that name, whose states stay as they are written there. False: it failed. */
  append(name: string, bookmarks: readonly Bookmark[]): Promise<boolean> {
    return this.#inTurn(() => this.#append(name, bookmarks));
  }

  async #append(name: string, bookmarks: readonly Bookmark[]): Promise<boolean> {
    const { shown, runBookmarks } = this.store.state;
    if (shown === null) return false;
    const existing = runBookmarks.find((file) => file.name === name && file.replaceable);
    if (existing?.states === null) {
      this.store.set({ bookmarkNotes: [unreadable(existing)] });
      return false;
    }
    const body = writeBookmarks(bookmarks, existing?.states ?? []);
    return this.#report(() => putBookmarks(this.client, shown, name, existing?.version ?? null, body));
  }

  /** The file that holds the bookmark. */
  fileOf(bookmark: Bookmark): RunBookmarks | null {
    return this.store.state.runBookmarks.find(({ bookmarks }) => bookmarks.includes(bookmark)) ?? null;
  }

  /** False: nothing has changed. A file that was removed is written anew. */
  edit(file: RunBookmarks, edit: Edit): Promise<boolean> {
    return this.#inTurn(() => this.#edit(file, edit));
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#last.then(change);
    this.#last = changed.catch(() => {}); // Its caller has the error; the next change goes on.
    return changed;
  }

  async #edit(listed: RunBookmarks, edit: Edit): Promise<boolean> {
    const { shown, runBookmarks } = this.store.state;
    const file = runBookmarks.find((one) => one.file === listed.file) ?? { ...listed, ...REMOVED };
    const entries = entriesOf(file);
    const edited = edit(entries);
    if (shown === null || edited === entries) return false;
    const isSaved = await this.#report(async () => this.#put(await this.#write(shown, file, edited), file.file));
    if (!isSaved) await this.load(shown); // It may have been saved in another window.
    return isSaved;
  }

  /** A file without states is removed. */
  async #write(shown: Shown, file: RunBookmarks, entries: readonly Entry[]): Promise<RunBookmarks | null> {
    const { name, version } = file;
    const states = entries.map((entry) => (isBookmark(entry) ? writeBookmark(entry) : entry.unread));
    if (states.length > 0) {
      const saved = await putBookmarks(this.client, shown, name, version, JSON.stringify(states));
      return { ...file, version: saved, states, bookmarks: entries.filter(isBookmark) };
    }
    if (version !== null) await deleteBookmarks(this.client, shown, name, version);
    return null;
  }

  #put(file: RunBookmarks | null, path: string): void {
    const { runBookmarks } = this.store.state;
    const [at, saved] = [runBookmarks.findIndex((one) => one.file === path), file === null ? [] : [file]];
    const before = at < 0 ? runBookmarks : runBookmarks.slice(0, at);
    this.store.set({ runBookmarks: [...before, ...saved, ...(at < 0 ? [] : runBookmarks.slice(at + 1))] });
  }

  /** False, with a note, if the server refuses it. */
  async #report(request: () => Promise<unknown>): Promise<boolean> {
    try {
      await request();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.store.set({ bookmarkNotes: [`${error.message} ${error.fix}`] });
      return false;
    }
  }
}

function entriesOf({ states, bookmarks }: RunBookmarks): readonly Entry[] {
  const read = new Map<unknown, Bookmark>(bookmarks.map((bookmark) => [bookmark.raw, bookmark]));
  return (states ?? []).map((state) => read.get(state) ?? { unread: state });
}

function unreadable({ file }: RunBookmarks): string {
  return `${file} cannot be read, so it is not replaced. Save under another name, or repair it.`;
}

function readRunFile({ name, file, version, replaceable, states, problem }: BookmarkFileAnswer): RunBookmarks {
  const read = readStates(states ?? []);
  const notes = problem === null ? read.notes : [`${problem.message} ${problem.fix}`];
  return { name, file, version, replaceable, states, bookmarks: read.bookmarks, notes };
}
