/** Saved views: those in this window, and those stored with the run. */
import type { Bookmark } from "../../data/bookmark";
import { held, type Part } from "../../data/field";

/** A bookmark file stored with the run, or named in its config. */
export interface RunBookmarks {
  readonly name: string;
  readonly file: string;
  readonly version: string | null;
  /** Whether it may be overwritten. */
  readonly replaceable: boolean;
  /** Its content, with the states that cannot be read here; null: the file as a whole cannot be read. */
  readonly states: readonly unknown[] | null;
  readonly bookmarks: readonly Bookmark[];
  /** Problems with it, or with some of its states. */
  readonly notes: readonly string[];
}

interface Saving {
  readonly allowed: boolean;
  readonly why: string | null;
  readonly fix: string | null;
}

interface BookmarksState {
  bookmarks: readonly Bookmark[];
  /** The bookmark opened last; null: none, or it was deleted. */
  bookmark: Bookmark | null;
  /** Failures, and parts that were dropped. */
  bookmarkNotes: readonly string[];
  /** The last change that can be undone: «Removed “PCA 1”»; null: none. */
  bookmarkUndo: string | null;
  /** The change that was undone last, and can be made again. */
  bookmarkRedo: string | null;
  bookmarksOpen: boolean;
  /** The run's bookmarks; empty until fetched. */
  runBookmarks: readonly RunBookmarks[];
  /** Number of the run's files that are not listed. */
  bookmarkFilesLeftOut: number;
  /** Whether this page may save with the run; null: not known yet. */
  bookmarkSaving: Saving | null;
  /** All bookmarks have been saved to a file: closing the window would lose nothing. */
  bookmarksSaved: boolean;
}

export const BOOKMARKS: Part<BookmarksState, BookmarksActions> = {
  fields: {
    bookmarks: held([]),
    bookmark: held(null),
    bookmarkNotes: held([]),
    bookmarkUndo: held(null),
    bookmarkRedo: held(null),
    bookmarksOpen: held(false),
    runBookmarks: held([]),
    bookmarkFilesLeftOut: held(0),
    bookmarkSaving: held(null),
    bookmarksSaved: held(true),
  },
};

export interface BookmarksActions {
  /** Saves the current view under a new name. */
  addBookmark(): void;
  /** Restores a view, with an animated camera. */
  openBookmark(bookmark: Bookmark): Promise<void>;
  /** The next (1) or the previous one (-1), wrapping around. */
  stepBookmark(by: 1 | -1): void;
  /** The bookmark is of this window or, where permitted, of a file of the run; also for the next two. */
  renameBookmark(bookmark: Bookmark, label: string): Promise<void>;
  /** To another place in its list. */
  moveBookmark(bookmark: Bookmark, to: number): Promise<void>;
  removeBookmark(bookmark: Bookmark): Promise<void>;
  /** Takes back the last of these three. */
  undoBookmarkChange(): Promise<void>;
  redoBookmarkChange(): Promise<void>;
  downloadBookmarks(): void;
  loadBookmarkFile(file: File): Promise<void>;
  /** Loads it if it is a file of bookmarks; false: it is not. */
  loadIfBookmarks(file: File): Promise<boolean>;
  /** Saves those of this window with the run, at the end of `bookmarks/<name>.json`. */
  saveBookmarksToRun(name: string): Promise<void>;
}
