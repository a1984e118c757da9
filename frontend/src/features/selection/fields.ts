/** What is selected, what everything is restricted to, and the tool that selects. */

import { type Fields, held, optionalWhole } from "../../data/field";
import type { Combine } from "../../data/row_sets";
import { readRows, writeRows } from "../../data/row_text";
import type { Subset } from "../../data/space";

/** What a drag in the picture does: move it, or draw an area. As `view/tools` names them. */
export const TOOLS = ["pan", "box", "lasso", "sphere"] as const;
export type Tool = (typeof TOOLS)[number];

export interface SelectionState {
  /** The point in hand; null: none. */
  row: number | null;
  /** Points that were taken together, by an area, by hand or out of a list: rising, each once; null: none. */
  selection: Int32Array | null;
  /** How they were taken: «by lasso», «digit 3»; "": in several ways. */
  selectionWords: string;
  /** Why something about the selection could not be done, or what an address did not hold; null: nothing to say. */
  selectionNote: string | null;
  tool: Tool;
  /** null: all points. */
  subset: Subset | null;
  /** From all points to `subset`, which is the last of them. */
  trail: readonly Subset[];
}

export const SELECTION_FIELDS: Fields<SelectionState> = {
  row: optionalWhole(0),
  selection: { initial: null, text: { read: readRows, write: (rows) => writeRows(rows ?? new Int32Array(0)) } },
  selectionWords: held(""),
  selectionNote: held(null),
  tool: held("pan"),
  subset: held(null),
  trail: held([]),
};

export const SELECTION_TASKS = ["subset"] as const;

export interface SelectionActions {
  /** A click in the picture, or what stands for one: the point with its neighbors; `isMore`: adds it, or takes it out. */
  clickPoint(row: number | null, isMore: boolean): void;
  /** Takes a point out of a list, or none, for the one in hand. */
  select(row: number | null): void;
  /** Takes rows (in any order) for the selection, or adds them to what is selected, or takes them out of it. `words`: what they are, «by lasso». */
  selectRows(rows: ArrayLike<number>, how: Combine, words?: string): void;
  /** All points, those of the subset where there is one. */
  selectAll(): void;
  /** What the filters leave: instead of what is selected, with it, or out of it. */
  selectFiltered(how?: Combine): void;
  /** What is not selected, instead of what is. */
  invertSelection(): void;
  /** Clears one thing: what was said, the selection, the search, the tool, and at last the subset. */
  clear(): void;
  /** Restricts everything to the selected points. */
  isolate(): void;
  /** Goes back to the `depth`th of the trail; 0: to all points. */
  leaveSubset(depth: number): void;
}
