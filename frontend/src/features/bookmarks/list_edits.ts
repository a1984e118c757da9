/** Edits of a list of bookmarks: one of this window, or of a file with states that cannot be read here. */
import type { Bookmark } from "../../data/bookmark";

/** A bookmark, or the place of a state that this version cannot read. */
export type Entry = Bookmark | { readonly unread: unknown };

/** Returns the same list if the bookmark is not in it. */
export type Edit = (entries: readonly Entry[]) => readonly Entry[];

export function isBookmark(entry: Entry): entry is Bookmark {
  return !("unread" in entry);
}

export function relabeled(bookmark: Bookmark, label: string): Bookmark {
  return { ...bookmark, label, raw: bookmark.raw && { ...bookmark.raw, label } };
}

export function replacing(bookmark: Bookmark, by: Bookmark): Edit {
  return (entries) => (entries.includes(bookmark) ? entries.map((one) => (one === bookmark ? by : one)) : entries);
}

export function removing(bookmark: Bookmark): Edit {
  return (entries) => (entries.includes(bookmark) ? entries.filter((one) => one !== bookmark) : entries);
}

/** Inserts it as the `to`th of the bookmarks. */
export function inserting(bookmark: Bookmark, to: number): Edit {
  return (entries) => {
    const other = entries.filter(isBookmark)[to];
    const at = other === undefined ? entries.length : entries.indexOf(other);
    return [...entries.slice(0, at), bookmark, ...entries.slice(at)];
  };
}

/** Moves it to the `to`th place among the bookmarks. */
export function moving(bookmark: Bookmark, to: number): Edit {
  return (entries) => {
    const other = entries.filter(isBookmark)[to];
    if (other === undefined || other === bookmark || !entries.includes(bookmark)) return entries;
    const [at, others] = [entries.indexOf(other), entries.filter((one) => one !== bookmark)];
    return [...others.slice(0, at), bookmark, ...others.slice(at)];
  };
}
