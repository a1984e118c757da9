/** The selection, the subset that everything is restricted to, and the selection tool. */

import type { BookmarkedSubset } from "../../data/bookmark";
import { held, optionalWhole, type Part } from "../../data/field";
import type { Combine } from "../../data/row_sets";
import { readRows, writeRows } from "../../data/row_text";
import type { Subset } from "../../data/space";
import { readTrail, writeTrail } from "../../data/trail_text";

/** A tool in words: for its button, its command, and its selections. */
interface ToolWords {
  readonly name: string;
  /** How it is used, for its button's tooltip. */
  readonly use: string;
  readonly command: string;
  readonly key: string;
  /** «40 by lasso» */
  readonly selected: string;
}

/** What a drag in the picture does: moves it, or draws an area. Named as in `view/tools`. */
export const TOOL_WORDS = {
  pan: {
    ...{ name: "Select", use: "click a point; drag moves the picture" },
    ...{ command: "Select by click, drag moves the picture", key: "V", selected: "by hand" },
  },
  box: {
    ...{ name: "Box", use: "drag over points; Shift adds, Alt takes out" },
    ...{ command: "Select by box (Shift adds, Alt takes out)", key: "B", selected: "by box" },
  },
  lasso: {
    ...{ name: "Lasso", use: "draw around points; Shift adds, Alt takes out" },
    ...{ command: "Select by lasso", key: "L", selected: "by lasso" },
  },
  sphere: {
    ...{ name: "Sphere", use: "drag from a point outward; Shift adds, Alt takes out" },
    ...{ command: "Select by sphere: drag from a point", key: "O", selected: "in a sphere" },
  },
} as const satisfies Record<string, ToolWords>;
export type Tool = keyof typeof TOOL_WORDS;
export const TOOLS = Object.keys(TOOL_WORDS) as readonly Tool[];

interface SelectionState {
  /** The clicked point; null: none. */
  row: number | null;
  /** The selected set, from an area, individual points or a list: ascending and unique; null: none. */
  selection: Int32Array | null;
  /** How it was selected: «by lasso», «digit 3»; "": in several ways. */
  selectionWords: string;
  /** Why an operation on the selection failed, or what a URL could not hold; null: no note. */
  selectionNote: string | null;
  /** The form for tagging it is open. */
  tagging: boolean;
  tool: Tool;
  /** null: all points. */
  subset: Subset | null;
  /** From all points to `subset`, which is the last element. */
  trail: readonly Subset[];
}

export const SELECTION: Part<SelectionState, SelectionActions, "subset"> = {
  fields: {
    row: optionalWhole(0, "selected point"),
    selection: {
      initial: null,
      name: "selected points",
      text: { read: readRows, write: (rows) => writeRows(rows ?? new Int32Array(0)) },
    },
    selectionWords: held(""),
    selectionNote: held(null),
    tagging: held(false),
    tool: held("pan"),
    subset: held(null),
    trail: { initial: [], name: "isolated points", text: { read: readTrail, write: writeTrail } },
  },
  tasks: ["subset"],
};

export interface SelectionActions {
  /** A click in the picture, or equivalent: selects the point with its neighbors; `isMore`: adds or removes it. */
  clickPoint(row: number | null, isMore: boolean): void;
  /** Makes a point from a list, or none, the clicked point. */
  select(row: number | null): void;
  /** Selects rows (in any order), adds them to the selection, or removes them. `words`: description, «by lasso». */
  selectRows(rows: ArrayLike<number>, combine: Combine, words?: string): void;
  /** All points, or those of the subset if there is one. */
  selectAll(): void;
  /** Rows that pass the filters: replace the selection, are added, or removed. */
  selectFiltered(combine?: Combine): void;
  /** Selects exactly the rows that are not selected. */
  invertSelection(): void;
  /** Clears one thing: first notes, then the selection, the search, the tool, the subset, and finally the filters. */
  clear(): void;
  /** Opens the form for tagging the selection, and focuses it. */
  openTagForm(): void;
  /** Restricts everything to the selected points. */
  isolate(): void;
  /** Restores isolated points from a link or a bookmark: gives them the server's names. Null: the request failed. */
  nameSubsets(trail: readonly BookmarkedSubset[]): Promise<readonly Subset[] | null>;
  /** Goes back to the `depth`th subset of the trail; 0: to all points. */
  leaveSubset(depth: number): void;
}
