/** The effect of clicks and keys on table rows on the selection. */
import type { Actions } from "../../state/actions";
import { selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";

export type PickMode = "one" | "range" | "toggle";

/** The rows that the table lists, by their index in it. */
interface Listed {
  readonly count: number;
  rowAt(index: number): number;
}

const WORDS = "in the table";

/** @param anchor start of a range: the index taken last. */
export function pickRow(
  state: Readonly<State>,
  actions: Actions,
  listed: Listed,
  index: number,
  anchor: number,
  mode: PickMode,
): void {
  const row = listed.rowAt(index);
  if (mode === "range") actions.selectRows(rowsBetween(listed, anchor, index), "replace", WORDS);
  else if (mode === "toggle") toggle(state, actions, row);
  else {
    // Otherwise the table, restricted to the selected rows, would change its content.
    if (state.tableOnlySelected && state.selection === null) {
      actions.selectRows(selectedRows(state), "replace", state.selectionWords);
    }
    actions.select(row);
  }
}

function rowsBetween(listed: Listed, from: number, to: number): Int32Array {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  return Int32Array.from({ length: last - first + 1 }, (_, at) => listed.rowAt(first + at));
}

/** Rows are added to the clicked point alone, without its neighbors. */
function toggle(state: Readonly<State>, actions: Actions, row: number): void {
  const { selection } = state;
  if (selection === null) {
    const before = state.row === null || state.row === row ? [] : [state.row];
    actions.selectRows([...before, row], "replace", WORDS);
  } else actions.selectRows([row], selection.includes(row) ? "subtract" : "add", WORDS);
}

export function pickAll(actions: Actions, listed: Listed): void {
  actions.selectRows(rowsBetween(listed, 0, listed.count - 1), "replace", WORDS);
}
