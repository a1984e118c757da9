/** The user's operations on the selection. An empty selection becomes null. */
import { filterWords } from "../../data/filter_words";
import { type Combine, combineRows, isInRows, isSameRows, subtractRows, toRowSet } from "../../data/row_sets";
import { columnsOf } from "../../state/derived";
import { activeFilteredRows, activeRows, selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import type { SelectionActions } from "./fields";

type SelectingActions = Pick<
  SelectionActions,
  "clickPoint" | "select" | "selectRows" | "selectAll" | "selectFiltered" | "invertSelection"
>;

export function makeSelecting(store: Store): SelectingActions {
  dropMissingRows(store);
  return {
    clickPoint: (row, isMore) => clickPoint(store, row, isMore),
    select: (row) => pickPoint(store, row),
    selectRows: (rows, combine, words = "") => selectRows(store, rows, combine, words),
    selectAll: () => selectRows(store, activeRows(store.state), "replace", "points"),
    selectFiltered: (combine = "replace") => {
      const { state } = store;
      selectRows(store, activeFilteredRows(state) ?? [], combine, `by ${filterWords(state.filters, columnsOf(state))}`);
    },
    invertSelection: () => {
      const { state } = store;
      selectRows(store, subtractRows(activeRows(state), selectedRows(state)), "replace", "others");
    },
  };
}

function selectRows(store: Store, rows: ArrayLike<number>, combine: Combine, words: string): void {
  const { state } = store;
  const before = selectedRows(state);
  const chosen = toRowSet(rows, state.shown?.step.shape[0] ?? 0);
  store.set(selectionOf(state, combineRows(before, chosen, combine), wordsFor(state, combine, words)));
}

/** The words apply if the rows are the whole selection, or if everything was selected in the same way; otherwise "". */
export function wordsFor(before: Readonly<State>, combine: Combine, words: string): string {
  const isAlone = combine === "replace" || (combine === "add" && selectedRows(before).length === 0);
  return isAlone || before.selectionWords === words ? words : "";
}

/** The fields that make these rows the selection; `rows` must be a set. */
export function selectionOf(state: Readonly<State>, rows: Int32Array, words: string): Partial<State> {
  if (rows.length === 0) return { selection: null, selectionWords: "", selectionNote: null, row: null };
  const isSame = state.selection !== null && isSameRows(state.selection, rows);
  return { selection: isSame ? state.selection : rows, selectionWords: words, selectionNote: null, row: null };
}

/** A click selects the point with its neighbors; with Shift it adds or removes the point. */
function clickPoint(store: Store, row: number | null, isMore: boolean): void {
  if (!isMore) store.set({ ...NOTHING, hover: null, row, ...inFront(row) });
  else if (row !== null) toggleRow(store, row);
}

/** From a list: a point of the selection is shown without changing the selection. */
function pickPoint(store: Store, row: number | null): void {
  const { selection } = store.state;
  const isWithin = row !== null && selection !== null && isInRows(selection, row);
  store.set({ ...(isWithin ? {} : NOTHING), row, ...inFront(row) });
}

const NOTHING = { selection: null, selectionWords: "", selectionNote: null } as const satisfies Partial<State>;

function inFront(row: number | null): Partial<State> {
  return row === null ? {} : { list: "neighbors" };
}

/** Adds the point to the selection, or removes it. */
function toggleRow(store: Store, row: number): void {
  const isIn = isInRows(selectedRows(store.state), row);
  selectRows(store, Int32Array.of(row), isIn ? "subtract" : "add", "by hand");
}

/** Drops rows that do not exist in the data, since a URL is untrusted input. */
function dropMissingRows(store: Store): void {
  store.subscribe((state: Readonly<State>, changed: Changed) => {
    const { selection, shown } = state;
    if (selection === null || shown === null || !(changed.has("selection") || changed.has("shown"))) return;
    const existing = toRowSet(selection, shown.step.shape[0]);
    if (existing !== selection) store.set({ selection: existing.length === 0 ? null : existing });
  });
}
