/** The selection while an area is drawn: what was selected before, with the area added, taken out, or in its place. */
import { combineRows } from "../../data/row_sets";
import { selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import type { AreaTold } from "../../view/picture";
import { selectionOf, wordsFor } from "./selecting";

const WORDS = { box: "by box", lasso: "by lasso", sphere: "in a sphere" } as const;

export class AreaSelecting {
  /** As it was when the drawing began. */
  #before: Readonly<State> | null = null;

  constructor(private readonly store: Store) {}

  hear({ kind, rows, how, phase }: AreaTold): void {
    this.#before ??= this.store.state;
    const before = this.#before;
    if (phase !== "drawing") this.#before = null;
    if (phase === "cancelled") this.#giveBack(before);
    else this.#take(before, { kind, rows, how });
  }

  #take(before: Readonly<State>, { kind, rows, how }: Omit<AreaTold, "phase">): void {
    const taken = combineRows(selectedRows(before), rows, how);
    this.store.set(selectionOf(before, taken, wordsFor(before, how, WORDS[kind])));
  }

  #giveBack({ selection, selectionWords, row }: Readonly<State>): void {
    this.store.set({ selection, selectionWords, row });
  }
}
