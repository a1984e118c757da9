/** Updates the table's rows, and the rows that pass the filters, when the state changes. */

import type { Column } from "../../data/column";
import { withFilter } from "../../data/filters";
import { columnsOf } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import type { Tasks } from "../../work/tasks";
import type { TableAnswer, TableTask } from "../../worker/table_messages";
import { Tables } from "../../worker/tables";
import { COORDINATES, DISTANCE, sortedColumn } from "./columns";
import type { FilterActions, TableActions } from "./fields";

/** Fields that the filtered rows depend on. */
const FILTERED_BY: readonly (keyof State)[] = ["filters", "metadata", "shown"];
/** Further fields that the order of an open table depends on. */
const ORDERED_BY: readonly (keyof State)[] = ["tableOpen", "tableSort", "tableOnlySelected", "subset"];
const SELECTED_BY: readonly (keyof State)[] = [
  "selection",
  "row",
  "neighborhood",
  "matches",
  "list",
  "query",
  "terms",
  "sumNeighborhood",
];
const POSITION_FIELDS: readonly (keyof State)[] = ["coordinates", "projection", "components", "dimensions"];
/** Delay of filtering, longer than the usual time between keystrokes. */
const TYPING_MS = 60;
/** Interval at which rows are sorted by their places again while a layout moves them: each frame would be too often. */
const MOVING_MS = 500;

export function makeTableActions(
  store: Store,
  focus: (element: string) => Promise<void>,
): FilterActions & TableActions {
  return {
    filterBy: (column, filter) => store.set({ filters: withFilter(store.state.filters, column, filter) }),
    clearFilters: () => store.set({ filters: [] }),
    focusTable: () => focus("point-table"),
  };
}

export function followTable(store: Store, tasks: Tasks): void {
  const tabling = new Tabling(store, tasks);
  store.subscribe((state, changed) => {
    if (changed.has("metadata")) tabling.forget();
    const any = (names: readonly (keyof State)[]) => names.some((name) => changed.has(name));
    const isSortedBy = (...keys: readonly string[]) =>
      state.tableOpen && state.tableSort.some(({ column }) => keys.includes(column));
    const isFollowing =
      any(FILTERED_BY) ||
      any(ORDERED_BY) ||
      (state.tableOnlySelected && any(SELECTED_BY)) ||
      (isSortedBy(DISTANCE) && any(SELECTED_BY));
    if (isFollowing) tabling.follow();
    else if (isSortedBy(...COORDINATES) && any(POSITION_FIELDS)) tabling.followPlaces();
  });
}

class Tabling {
  readonly #tables = new Tables();
  #timer = 0;
  /** Counts the changes: results of older ones are dropped. */
  #newest = 0;
  /** Rows are being ordered, or will be soon. */
  #isOrdering = false;
  /** Points have moved since that began. */
  #haveMoved = false;

  constructor(
    private readonly store: Store,
    private readonly tasks: Tasks,
  ) {}

  forget(): void {
    this.#tables.stop();
  }

  follow(delayMs = TYPING_MS): void {
    clearTimeout(this.#timer);
    this.#newest++;
    [this.#isOrdering, this.#haveMoved] = [false, false];
    this.tasks.forgive("table");
    const task = taskOf(this.store.state);
    if (task === null) this.store.set({ filteredRows: null, tableRows: null });
    else if (this.#isWaiting(task)) this.store.set({ filteredRows: null });
    else {
      this.#isOrdering = true;
      this.#timer = window.setTimeout(() => this.#order(task), delayMs);
    }
  }

  /** Places change with each frame of a layout: what is on its way is not begun anew. */
  followPlaces(): void {
    if (this.#isOrdering) this.#haveMoved = true;
    else this.follow();
  }

  /** Whether it names columns that have not been loaded. */
  #isWaiting(task: TableTask): boolean {
    return task.filters.length > 0 && this.store.state.metadata === null;
  }

  async #order(task: TableTask): Promise<void> {
    const requestId = this.#newest;
    const { state } = this.store;
    const names = new Set([...task.filters, ...task.keys].map((one) => one.column));
    const columns = columnsOf(state).filter((column) => names.has(column.name));
    for (const column of columns) names.delete(column.name);
    const passing = [...names].map((name) => sortedColumn(state, name)).filter((column) => column !== null);
    try {
      this.#apply(await this.#tables.order(task, columns, passing as Column[]), requestId);
    } catch (error) {
      const message = `The rows could not be filtered or sorted: ${(error as Error).message}`;
      if (requestId === this.#newest) this.tasks.fail("table", { message, fix: "Reload the page." });
    }
    if (requestId === this.#newest) this.#end();
  }

  #end(): void {
    this.#isOrdering = false;
    if (this.#haveMoved) this.follow(MOVING_MS);
  }

  #apply(answer: TableAnswer | null, requestId: number): void {
    if (answer === null || requestId !== this.#newest) return;
    this.store.set({ filteredRows: answer.filtered, tableRows: answer.order });
  }
}

/** Null: all rows in their own order, without a request. */
function taskOf(state: Readonly<State>): TableTask | null {
  const { filters, shown, tableOpen, tableSort, tableOnlySelected, subset } = state;
  const keys = tableOpen ? tableSort : [];
  const among = !tableOpen ? null : tableOnlySelected ? selectedRows(state) : (subset?.rows ?? null);
  if (shown === null || (filters.length === 0 && keys.length === 0 && among === null)) return null;
  return { rows: shown.step.shape[0], filters, keys, among };
}
