/** What people do to the selection. A selection with no point in it is none. */
import { filterWords } from "../data/filter_words";
import { type Combine, combineRows, isInRows, isSameRows, subtractRows, toRowSet } from "../data/row_sets";
import { filteredHere, rowsThere, selectedRows } from "../state/selected_rows";
import type { SelectionActions } from "../state/selection_state";
import type { State } from "../state/state";
import type { Changed, Store } from "../state/store";

export type SelectingActions = Pick<
  SelectionActions,
  "selectRows" | "selectAll" | "selectFiltered" | "invertSelection"
>;

export function makeSelecting(store: Store): SelectingActions {
  keepWithin(store);
  return {
    selectRows: (rows, how, words = "") => select(store, rows, how, words),
    selectAll: () => select(store, rowsThere(store.state), "replace", "points"),
    selectFiltered: (how = "replace") => {
      const { state } = store;
      select(store, filteredHere(state) ?? [], how, `by ${filterWords(state.filters)}`);
    },
    invertSelection: () => {
      const { state } = store;
      select(store, subtractRows(rowsThere(state), selectedRows(state)), "replace", "others");
    },
  };
}

function select(store: Store, rows: ArrayLike<number>, how: Combine, words: string): void {
  const { state } = store;
  const before = selectedRows(state);
  const taken = toRowSet(rows, state.shown?.step.shape[0] ?? 0);
  store.set(selectionOf(state, combineRows(before, taken, how), wordsFor(state, how, words)));
}

/** What is added to nothing is all that there is; what is always taken in the same way is still that; else nobody can say. */
export function wordsFor(before: Readonly<State>, how: Combine, words: string): string {
  const isAlone = how === "replace" || (how === "add" && selectedRows(before).length === 0);
  return isAlone || before.selectionWords === words ? words : "";
}

/** The fields that make these rows the selection; they are a set already. */
export function selectionOf(state: Readonly<State>, rows: Int32Array, words: string): Partial<State> {
  if (rows.length === 0) return { selection: null, selectionWords: "", selectionNote: null, row: null };
  const isSame = state.selection !== null && isSameRows(state.selection, rows);
  return { selection: isSame ? state.selection : rows, selectionWords: words, selectionNote: null, row: null };
}

/** A click takes the point with its neighbors for the selection; with Shift it adds the point, or takes it out. */
export function clickPoint(store: Store, row: number | null, isMore: boolean): void {
  if (!isMore) store.set({ ...NOTHING, hover: null, row, ...inFront(row) });
  else if (row !== null) toggleRow(store, row);
}

/** Out of a list: a point of the selection is looked at within it. */
export function pickPoint(store: Store, row: number | null): void {
  const { selection } = store.state;
  const isWithin = row !== null && selection !== null && isInRows(selection, row);
  store.set({ ...(isWithin ? {} : NOTHING), row, ...inFront(row) });
}

const NOTHING = { selection: null, selectionWords: "", selectionNote: null } as const satisfies Partial<State>;

function inFront(row: number | null): Partial<State> {
  return row === null ? {} : { list: "neighbors" };
}

/** Adds the point to what is selected, or takes it out. */
function toggleRow(store: Store, row: number): void {
  const isIn = isInRows(selectedRows(store.state), row);
  select(store, Int32Array.of(row), isIn ? "subtract" : "add", "by hand");
}

/** Rows that the data does not have (an address is written by anybody) are no selection. */
function keepWithin(store: Store): void {
  store.subscribe((state: Readonly<State>, changed: Changed) => {
    const { selection, shown } = state;
    if (selection === null || shown === null || !(changed.has("selection") || changed.has("shown"))) return;
    const there = toRowSet(selection, shown.step.shape[0]);
    if (there !== selection) store.set({ selection: there.length === 0 ? null : there });
  });
}
