/** A bookmark file: ours, or the built-in projector's. */
import { asRecord, BOOKMARK_FORMAT, type Bookmark, readBookmark, writeBookmark } from "./bookmark";
import { isBuiltinState, readBuiltinState } from "./builtin_bookmark";

/** Maximum file size: a million points in three projections take that much. The server saves less beside a run. */
export const MAX_FILE_BYTES = 256 << 20;

interface ReadBookmarks {
  readonly bookmarks: readonly Bookmark[];
  /** Why a state of the file was skipped. */
  readonly notes: readonly string[];
}

/** The text of a file with these bookmarks, after the `states` that it has. */
export function writeBookmarks(bookmarks: readonly Bookmark[], states: readonly unknown[] = []): string {
  return JSON.stringify([...states, ...bookmarks.map(writeBookmark)]);
}

/** Throws an Error if the file as a whole is invalid. */
export function parseBookmarks(text: string): ReadBookmarks {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `This is not a bookmark file: it is not valid JSON (${error instanceof Error ? error.message : error}).`,
    );
  }
  const read = readStates(Array.isArray(content) ? content : [content]);
  if (read.bookmarks.length === 0)
    throw new Error(read.notes[0] ?? "It holds no bookmark. Files that this page or the built-in projector saved do.");
  return read;
}

export function readStates(states: readonly unknown[]): ReadBookmarks {
  const notes: string[] = [];
  const bookmarks = states.flatMap((state, index) => {
    try {
      return [readState(asRecord(state))];
    } catch (error) {
      notes.push(`State ${index + 1} was dropped: ${error instanceof Error ? error.message : error}.`);
      return [];
    }
  });
  return { bookmarks, notes };
}

function readState(state: Record<string, unknown>): Bookmark {
  if (state.format === BOOKMARK_FORMAT) return readBookmark(state);
  if (isBuiltinState(state)) return readBuiltinState(state);
  throw new Error("it is neither this projector's nor the built-in one's");
}

/** A file as listed by `/bookmarks`. */
export interface BookmarkFileAnswer {
  readonly name: string;
  readonly file: string;
  readonly version: string | null;
  readonly replaceable: boolean;
  readonly states: readonly unknown[] | null;
  readonly problem: { readonly message: string; readonly fix: string } | null;
}

/** The response of `/bookmarks`. */
export interface BookmarksAnswer {
  readonly saving: { readonly allowed: boolean; readonly why: string | null; readonly fix: string | null };
  readonly bookmarks: readonly BookmarkFileAnswer[];
  /** Number of files that are not listed. */
  readonly left_out: number;
}
