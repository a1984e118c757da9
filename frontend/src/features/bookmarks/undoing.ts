/** Takes back changes of bookmarks, the last one first. The history of the view holds none: going back loses no bookmark. */
import type { Bookmark } from "../../data/bookmark";
import type { Store } from "../../state/store";

export interface Undo {
  readonly kind: "Removed" | "Renamed" | "Moved";
  readonly bookmark: Bookmark;
  /** It is in a file of the run. */
  readonly ofRun: boolean;
  /** False: nothing changed. */
  run(): Promise<boolean>;
}

/** Number of changes kept: removed bookmarks hold coordinates. */
const MAX_UNDOS = 20;

export class Undos {
  #undos: readonly Undo[] = [];

  constructor(private readonly store: Store) {}

  /** A bookmark that is moved step by step goes back to where it was first. */
  add(undo: Undo): void {
    const last = this.#undos.at(-1);
    const goesOn = undo.kind === "Moved" && last?.kind === "Moved" && last.bookmark === undo.bookmark;
    if (!goesOn) this.#set([...this.#undos, undo].slice(-MAX_UNDOS));
  }

  /** The files of the run have been read again: their bookmarks are others. */
  forgetRun(): void {
    this.#set(this.#undos.filter(({ ofRun }) => !ofRun));
  }

  async undo(): Promise<void> {
    const last = this.#undos.at(-1);
    if (last === undefined) return;
    this.#set(this.#undos.slice(0, -1));
    if ((await last.run()) || this.store.state.bookmarkNotes.length > 0) return;
    this.store.set({ bookmarkNotes: [`“${last.bookmark.label}” has changed since: this cannot be undone.`] });
  }

  #set(undos: readonly Undo[]): void {
    this.#undos = undos;
    const last = undos.at(-1);
    this.store.set({ bookmarkUndo: last === undefined ? null : `${last.kind} “${last.bookmark.label}”` });
  }
}
