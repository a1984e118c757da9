/** Saved views: those in this window, and those that lie beside the run. */
import type { Bookmark } from "../../data/bookmark";
import { type Fields, held } from "../../data/field";

/** A file of bookmarks beside the run, or the one that its config names. */
export interface RunBookmarks {
  readonly name: string;
  readonly file: string;
  readonly version: string | null;
  /** Whether it may be written again by its name. */
  readonly replaceable: boolean;
  readonly bookmarks: readonly Bookmark[];
  /** What is wrong with it, or with some of its states. */
  readonly notes: readonly string[];
}

export interface Saving {
  readonly allowed: boolean;
  readonly why: string | null;
  readonly fix: string | null;
}

export interface BookmarksState {
  bookmarks: readonly Bookmark[];
  /** The one that was gone to last; null: none, or it is gone. */
  bookmark: Bookmark | null;
  /** What could not be done, or was dropped. */
  bookmarkNotes: readonly string[];
  bookmarksOpen: boolean;
  /** What the run offers; empty until it was asked. */
  runBookmarks: readonly RunBookmarks[];
  /** Whether this page may save beside the run; null: not asked yet. */
  bookmarkSaving: Saving | null;
  /** Saved to a file, in this state: nothing would be lost with the window. */
  bookmarksSaved: boolean;
}

export const BOOKMARKS_FIELDS: Fields<BookmarksState> = {
  bookmarks: held([]),
  bookmark: held(null),
  bookmarkNotes: held([]),
  bookmarksOpen: held(false),
  runBookmarks: held([]),
  bookmarkSaving: held(null),
  bookmarksSaved: held(true),
};

export interface BookmarksActions {
  /** Keeps the view as it is now, under a name of its own. */
  addBookmark(): void;
  /** Brings a view back, with the camera on its way from here to there. */
  openBookmark(bookmark: Bookmark): Promise<void>;
  /** The next (1) or the one before (-1), round and round. */
  stepBookmark(by: 1 | -1): void;
  renameBookmark(bookmark: Bookmark, label: string): void;
  moveBookmark(bookmark: Bookmark, to: number): void;
  removeBookmark(bookmark: Bookmark): void;
  downloadBookmarks(): void;
  loadBookmarkFile(file: File): Promise<void>;
  /** Beside the run, as `bookmarks/<name>.json`. */
  saveBookmarksToRun(name: string): Promise<void>;
}
