/** Restricts everything to the selected points, and goes back: the server gets the rows, the state holds their name. */
import type { Client } from "../../api/client";
import type { BookmarkedSubset } from "../../data/bookmark";
import { filterWords } from "../../data/filter_words";
import { formatCount } from "../../data/format";
import { rowsWithin, type Subset } from "../../data/space";
import { columnsOf } from "../../state/derived";
import { activeFilteredRows, activeRows, selectedRows, selectionName } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import type { Tasks } from "../../work/tasks";
import type { SelectionActions } from "./fields";

type IsolatingActions = Pick<SelectionActions, "isolate" | "nameSubsets" | "leaveSubset">;

export function makeIsolating(store: Store, client: Client, tasks: Tasks): IsolatingActions {
  return {
    isolate: () => void isolate(store, client, tasks),
    nameSubsets: (trail) => nameSubsets(client, tasks, trail),
    leaveSubset: (depth) => returnToDepth(store, depth),
  };
}

async function isolate(store: Store, client: Client, tasks: Tasks): Promise<void> {
  const { state } = store;
  const { shown, trail } = state;
  if (shown === null) return;
  const { rows, words } = rowsToIsolate(state);
  const why = whyNot(state, rows);
  if (why !== null) return store.set({ selectionNote: why });
  const named = await nameSubsets(client, tasks, [{ rows, words }]);
  if (named === null || shown !== store.state.shown || trail !== store.state.trail) return;
  store.set({ subset: named.at(-1)!, trail: [...trail, ...named], ...NOTHING_SELECTED });
}

/** Sends the rows to the server, which may not know them anymore. */
async function nameSubsets(
  client: Client,
  tasks: Tasks,
  trail: readonly BookmarkedSubset[],
): Promise<readonly Subset[] | null> {
  const named: Subset[] = [];
  for (const { rows, words } of trail) {
    const task = `Isolating ${formatCount(rows.length)} points`;
    const name = await tasks.run("subset", task, (signal) => client.postSubset(rows, signal));
    if (name === undefined) return null;
    named.push({ name, rows, words });
  }
  return named;
}

/** The selected points in the picture, and their description; if none is selected, the rows that pass the filters. */
function rowsToIsolate(state: Readonly<State>): { rows: Int32Array; words: string } {
  const selected = selectedRows(state);
  const { subset, filters } = state;
  const filtered = selected.length === 0 ? activeFilteredRows(state) : null;
  if (filtered !== null) return { rows: filtered, words: filterWords(filters, columnsOf(state)) };
  const rows = rowsWithin(selected, subset);
  const isAll = rows.length === selected.length;
  return { rows, words: isAll ? selectionName(state) : `${formatCount(rows.length)} selected` };
}

function whyNot(state: Readonly<State>, rows: Int32Array): string | null {
  if (rows.length === 0) return "Nothing is selected: select the points that you want to look at alone.";
  if (rows.length === 1) return "One point alone has nothing to be compared with: select two at least.";
  if (rows.length === activeRows(state).length) return "All points are selected: there is nothing to leave out.";
  return null;
}

function returnToDepth(store: Store, depth: number): void {
  const { trail } = store.state;
  if (depth < 0 || depth >= trail.length) return; // There is no such subset to leave, and nothing to undo.
  const kept = trail.slice(0, depth);
  store.set({ trail: kept, subset: kept.at(-1) ?? null, selectionNote: null });
}

/** Patch that clears the selection: in the new picture everything would be highlighted. */
const NOTHING_SELECTED = {
  selection: null,
  selectionWords: "",
  selectionNote: null,
  row: null,
  query: "",
} as const satisfies Partial<State>;
