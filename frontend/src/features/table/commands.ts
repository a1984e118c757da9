/** Commands of the table below the picture. */
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { hasData } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

export const FILTER_KEYS: ElementKeys = { keys: ["Alt ↓"], words: "On a column header: filter" };
/** Keys of the table, handled in `grid.ts`. */
export const TABLE_KEYS: readonly ElementKeys[] = [
  { keys: ["←", "→", "↑", "↓"], words: "Walk the cells; with Ctrl to the end" },
  { keys: ["Home", "End"], words: "To the first cell of the row, to the last; with Ctrl of the table" },
  { keys: ["PageUp", "PageDown"], words: "A page up, a page down; with Shift select it" },
  { keys: ["Enter"], words: "Select the row; on a head: sort" },
  { keys: ["Space"], words: "Add the row, or take it out" },
  { keys: ["Shift ↑", "Shift ↓"], words: "Select a range" },
  { keys: ["Ctrl A"], words: "Select all rows of the table" },
  FILTER_KEYS,
  { keys: ["Alt ←", "Alt →"], words: "On a column header: move the column" },
];

export function tableCommands(store: Store, actions: Actions): Command[] {
  const isOpen = (state: State) => hasData(state) && state.tableOpen;
  const isFiltered = ({ filters }: State) => filters.length > 0;
  const set = (patch: Partial<State>) => () => store.set(patch);
  const onlySelected = () => store.set({ tableOpen: true, tableOnlySelected: !store.state.tableOnlySelected });
  const asInFile = set({ tableOrder: [], tableHidden: [] });
  return [
    { id: "table", words: "Table", keys: ["T"], run: () => toggleTable(store, actions), when: hasData },
    { id: "table-selected", words: "Table: only selected rows, or all", keys: [], run: onlySelected, when: hasData },
    {
      id: "table-unsorted",
      words: "Table: in the order of the file",
      keys: [],
      run: set({ tableSort: [] }),
      when: isOpen,
    },
    { id: "table-columns", words: "Table: all columns as the file has them", keys: [], run: asInFile, when: isOpen },
    { id: "clear-filters", words: "Clear all filters", keys: [], run: () => actions.clearFilters(), when: isFiltered },
  ];
}

/** Opened by its key, the table gets focus. */
function toggleTable(store: Store, actions: Actions): void {
  const tableOpen = !store.state.tableOpen;
  store.set({ tableOpen });
  if (tableOpen) actions.focusTable();
}
