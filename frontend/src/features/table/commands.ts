/** Commands of the table under the picture. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function tableCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => store.state.shown !== null;
  const isOpen = () => isOffered() && store.state.tableOpen;
  const set = (patch: Parameters<Store["set"]>[0]) => () => store.set(patch);
  return [
    { name: "Table", keys: ["T"], run: () => toggleTable(store, actions), isOffered },
    {
      ...{ name: "Table: only selected rows, or all", keys: [] },
      run: () => store.set({ tableOpen: true, tableOnlySelected: !store.state.tableOnlySelected }),
      isOffered,
    },
    { name: "Table: in the order of the file", keys: [], run: set({ tableSort: [] }), isOffered: isOpen },
    {
      ...{ name: "Table: all columns as the file has them", keys: [] },
      run: set({ tableOrder: [], tableHidden: [] }),
      isOffered: isOpen,
    },
    {
      ...{ name: "Clear all filters", keys: [], run: () => actions.clearFilters() },
      isOffered: () => store.state.filters.length > 0,
    },
  ];
}

/** Opened by its key, it is where the next key goes. */
function toggleTable(store: Store, actions: Actions): void {
  const tableOpen = !store.state.tableOpen;
  store.set({ tableOpen });
  if (tableOpen) actions.focusTable();
}
