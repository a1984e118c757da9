/** The selection while an area is drawn: the previous selection, with the area added, removed, or in its place. */
import { combineRows } from "../../data/row_sets";
import { selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import type { AreaEvent } from "../../view/picture";
import { TOOL_WORDS } from "./fields";
import { selectionOf, wordsFor } from "./selecting";

export class AreaSelecting {
  /** The state when the drawing began. */
  #before: Readonly<State> | null = null;

  constructor(private readonly store: Store) {}

  handle({ tool, rows, combine, phase }: AreaEvent): void {
    this.#before ??= this.store.state;
    const before = this.#before;
    if (phase !== "drawing") this.#before = null;
    if (phase === "canceled") this.#restore(before);
    else this.#select(before, { tool, rows, combine });
  }

  #select(before: Readonly<State>, { tool, rows, combine }: Omit<AreaEvent, "phase">): void {
    const combined = combineRows(selectedRows(before), rows, combine);
    this.store.set(selectionOf(before, combined, wordsFor(before, combine, TOOL_WORDS[tool].selected)));
  }

  #restore({ selection, selectionWords, row }: Readonly<State>): void {
    this.store.set({ selection, selectionWords, row });
  }
}
