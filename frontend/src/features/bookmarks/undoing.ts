/**
 * Takes back changes of bookmarks, the last one first, and makes them again. The history of the view holds none: going
 * back loses no bookmark.
 */
import type { Bookmark } from "../../data/bookmark";
import type { Store } from "../../state/store";

export interface Change {
  readonly kind: "Removed" | "Renamed" | "Moved";
  readonly bookmark: Bookmark;
  /** It is in a file of the run. */
  readonly ofRun: boolean;
  /** False: nothing changed; so does the next. */
  takeBack(): Promise<boolean>;
  makeAgain(): Promise<boolean>;
}

/** Number of changes kept: removed bookmarks hold coordinates. */
const MAX_CHANGES = 20;

export class Changes {
  #made: readonly Change[] = [];
  #takenBack: readonly Change[] = [];

  constructor(private readonly store: Store) {}

  /** A bookmark that is moved step by step goes back to where it was first, and again to where it was last. */
  add(change: Change): void {
    const last = this.#made.at(-1);
    const goesOn = change.kind === "Moved" && last?.kind === "Moved" && last.bookmark === change.bookmark;
    const [before, whole] = goesOn
      ? [this.#made.slice(0, -1), { ...change, takeBack: last.takeBack }]
      : [this.#made, change];
    this.#set([...before, whole].slice(-MAX_CHANGES), []);
  }

  /** The files of the run have been read again: their bookmarks are others. */
  forgetRun(): void {
    const isOfWindow = ({ ofRun }: Change) => !ofRun;
    this.#set(this.#made.filter(isOfWindow), this.#takenBack.filter(isOfWindow));
  }

  async undo(): Promise<void> {
    const last = this.#made.at(-1);
    if (last === undefined) return;
    this.#set(this.#made.slice(0, -1), this.#takenBack);
    if (await last.takeBack()) this.#set(this.#made, [...this.#takenBack, last]);
    else this.#say(last, "undone");
  }

  async redo(): Promise<void> {
    const next = this.#takenBack.at(-1);
    if (next === undefined) return;
    this.#set(this.#made, this.#takenBack.slice(0, -1));
    if (await next.makeAgain()) this.#set([...this.#made, next], this.#takenBack);
    else this.#say(next, "redone");
  }

  #say({ bookmark }: Change, what: string): void {
    if (this.store.state.bookmarkNotes.length > 0) return;
    this.store.set({ bookmarkNotes: [`“${bookmark.label}” has changed since: this cannot be ${what}.`] });
  }

  #set(made: readonly Change[], takenBack: readonly Change[]): void {
    this.#made = made;
    this.#takenBack = takenBack;
    this.store.set({ bookmarkUndo: wordsOf(made.at(-1)), bookmarkRedo: wordsOf(takenBack.at(-1)) });
  }
}

function wordsOf(change: Change | undefined): string | null {
  return change === undefined ? null : `${change.kind} “${change.bookmark.label}”`;
}
