/** Bookmarks: kept in the window, in files, and with the run where permitted. */
import type { Client } from "../../api/client";
import type { Bookmark } from "../../data/bookmark";
import { MAX_FILE_BYTES, parseBookmarks, writeBookmarks } from "../../data/bookmark_file";
import { fileNameOf } from "../../data/file_name";
import { formatCount } from "../../data/format";
import type { Shown } from "../../data/runs";
import { markSaved } from "../../data/tensor_edits";
import type { Actions } from "../../state/actions";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { Store } from "../../state/store";
import { saveFile } from "../../work/save_file";
import type { BookmarksActions, RunBookmarks } from "./fields";
import { type Edit, inserting, isBookmark, moving, relabeled, removing, replacing } from "./list_edits";
import { makeBookmark } from "./making";
import { BookmarkOpening } from "./opening";
import { RunFiles } from "./run_files";
import { type Change, Changes } from "./undoing";

export function makeBookmarking(
  store: Store,
  client: Client,
  coordinates: MethodCoordinates,
  actions: Actions,
): BookmarksActions {
  return new Bookmarking(
    store,
    coordinates,
    new RunFiles(store, client),
    new BookmarkOpening(store, actions, coordinates),
    actions,
  ).actions();
}

class Bookmarking {
  readonly #changes: Changes;

  constructor(
    private readonly store: Store,
    private readonly coordinates: MethodCoordinates,
    private readonly runFiles: RunFiles,
    private readonly opening: BookmarkOpening,
    private readonly others: Actions,
  ) {
    this.#changes = new Changes(store);
    let previous: Shown | null = null;
    store.subscribe(({ shown }, changed) => {
      if (!changed.has("shown") || shown === null) return;
      const isAnother = previous?.run.name !== shown.run.name || previous.embedding.name !== shown.embedding.name;
      previous = shown;
      if (isAnother) void this.#loadRun(shown);
    });
  }

  actions(): BookmarksActions {
    return {
      addBookmark: () => this.#add(),
      openBookmark: (bookmark) => this.#open(bookmark),
      stepBookmark: (by) => this.#step(by),
      renameBookmark: (bookmark, label) => this.#rename(bookmark, label),
      moveBookmark: (bookmark, to) => this.#move(bookmark, to),
      removeBookmark: (bookmark) => this.#remove(bookmark),
      undoBookmarkChange: () => this.#changes.undo(),
      redoBookmarkChange: () => this.#changes.redo(),
      downloadBookmarks: () => this.#download(),
      loadBookmarkFile: (file) => this.#load(file),
      loadIfBookmarks: (file) => this.#loadIfBookmarks(file),
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

  async #rename(bookmark: Bookmark, label: string): Promise<void> {
    const by = relabeled(bookmark, label);
    const file = this.runFiles.fileOf(bookmark);
    const change = () => this.#replace(bookmark, by, file);
    await this.#make("Renamed", bookmark, file, change, () => this.#replace(by, bookmark, file));
  }

  async #replace(bookmark: Bookmark, by: Bookmark, file: RunBookmarks | null): Promise<boolean> {
    const isCurrent = this.store.state.bookmark === bookmark;
    const isChanged = await this.#edit(file, replacing(bookmark, by));
    if (isCurrent && isChanged) this.store.set({ bookmark: by });
    return isChanged;
  }

  async #move(bookmark: Bookmark, to: number): Promise<void> {
    const file = this.runFiles.fileOf(bookmark);
    const from = this.#placeOf(bookmark, file);
    const change = () => this.#edit(file, moving(bookmark, to));
    await this.#make("Moved", bookmark, file, change, () => this.#edit(file, moving(bookmark, from)));
  }

  async #remove(bookmark: Bookmark): Promise<void> {
    const file = this.runFiles.fileOf(bookmark);
    const from = this.#placeOf(bookmark, file);
    const change = () => this.#edit(file, removing(bookmark));
    await this.#make("Removed", bookmark, file, change, () => this.#edit(file, inserting(bookmark, from)));
  }

  #placeOf(bookmark: Bookmark, file: RunBookmarks | null): number {
    return (file?.bookmarks ?? this.#list).indexOf(bookmark);
  }

  /** Makes a change that can be taken back. */
  async #make(
    kind: Change["kind"],
    bookmark: Bookmark,
    file: RunBookmarks | null,
    makeAgain: Change["makeAgain"],
    takeBack: Change["takeBack"],
  ): Promise<void> {
    if (await makeAgain()) this.#changes.add({ kind, bookmark, ofRun: file !== null, makeAgain, takeBack });
  }

  /** Edits a file of the run, or the list of this window. False: nothing has changed. */
  async #edit(file: RunBookmarks | null, edit: Edit): Promise<boolean> {
    if (file !== null) return this.runFiles.edit(file, edit);
    const edited = edit(this.#list);
    if (edited === this.#list) return false;
    this.#set(edited.filter(isBookmark));
    return true;
  }

  #download(): void {
    if (this.#list.length === 0) return;
    const name = `${fileNameOf(this.#list[0]!.data.run, this.#list[0]!.data.embedding)}_bookmarks.json`;
    saveFile(new Blob([writeBookmarks(this.#list)], { type: "application/json" }), name);
    this.#noteSaved(this.#list);
  }

  async #load(file: File): Promise<void> {
    try {
      await this.#take(file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.store.set({ bookmarkNotes: [`${file.name}: ${reason}`], bookmarksOpen: true });
    }
  }

  /** A file named .json can be nothing else: what is wrong with it is reported. */
  async #loadIfBookmarks(file: File): Promise<boolean> {
    if (/\.json$/i.test(file.name)) return this.#load(file).then(() => true);
    if (!(await beginsLikeJson(file))) return false;
    return this.#take(file).then(
      () => true,
      () => false,
    );
  }

  /** Throws an Error with the reason. */
  async #take(file: File): Promise<void> {
    if (file.size > MAX_FILE_BYTES)
      throw new Error(`It has ${formatCount(file.size)} bytes: more than any bookmark file.`);
    const { bookmarks, notes } = parseBookmarks(await file.text());
    const isSaved = this.store.state.bookmarksSaved;
    this.#set([...this.#list, ...bookmarks]);
    this.store.set({ bookmarksSaved: isSaved, bookmarkNotes: notes, bookmarksOpen: true });
  }

  async #saveToRun(name: string): Promise<void> {
    const [{ shown }, saved] = [this.store.state, this.#list] as const;
    if (shown === null || saved.length === 0 || !(await this.runFiles.append(name, saved))) return;
    this.#set(this.#list.filter((one) => !saved.includes(one))); // Some may have been added meanwhile.
    this.#noteSaved(saved);
    await this.#loadRun(shown);
  }

  #noteSaved(saved: readonly Bookmark[]): void {
    const bookmarksSaved = this.#list.every((bookmark) => saved.includes(bookmark));
    const tags = saved.map((bookmark) => bookmark.tags);
    this.store.set({ bookmarksSaved, ...markSaved(this.store.state, tags) });
  }

  #loadRun(shown: Shown): Promise<void> {
    this.#changes.forgetRun();
    return this.runFiles.load(shown);
  }
}

/** A large table need not be read as a whole. False for a folder, which cannot be read. */
async function beginsLikeJson(file: File): Promise<boolean> {
  const start = await file
    .slice(0, 64)
    .text()
    .catch(() => "");
  return /^\s*[[{]/.test(start);
}
