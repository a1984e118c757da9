/** Commands that select, isolate, undo and redo. */

import type { Actions } from "../state/actions";
import type { Command } from "../state/command";
import { selectedRows } from "../state/selected_rows";
import type { Tool } from "../state/selection_state";
import type { Store } from "../state/store";

export function selectionCommands(store: Store, actions: Actions): Command[] {
  const isOffered = () => store.state.shown !== null;
  const isSelected = () => selectedRows(store.state).length > 0;
  const isFiltered = () => store.state.filteredRows !== null;
  return [
    ...toolCommands(store),
    { name: "Isolate the selected points", keys: ["I"], run: () => actions.isolate(), isOffered },
    {
      ...{ name: "Back to all points", keys: [], run: () => actions.leaveSubset(0) },
      isOffered: () => store.state.trail.length > 0,
    },
    { name: "Select all points", keys: ["Ctrl A"], run: () => actions.selectAll(), isOffered },
    {
      ...{ name: "Select what the filters leave", keys: ["Shift A"], run: () => actions.selectFiltered() },
      isOffered: isFiltered,
    },
    {
      ...{ name: "Add what the filters leave to the selection", keys: [], isOffered: isFiltered },
      run: () => actions.selectFiltered("add"),
    },
    {
      ...{ name: "Take what the filters leave out of the selection", keys: [], isOffered: isFiltered },
      run: () => actions.selectFiltered("subtract"),
    },
    { name: "Invert the selection", keys: ["Shift I"], run: () => actions.invertSelection(), isOffered: isSelected },
    { name: "Clear the selection, the search, go back to more points", keys: ["Esc"], run: () => actions.clear() },
    { name: "Undo", keys: ["Ctrl Z"], run: () => actions.undo(), isOffered: () => store.state.canUndo },
    { name: "Redo", keys: ["Shift Ctrl Z", "Ctrl Y"], run: () => actions.redo(), isOffered: () => store.state.canRedo },
  ];
}

function toolCommands(store: Store): Command[] {
  const tools: readonly (readonly [Tool, name: string, key: string])[] = [
    ["pan", "Select by click, drag moves the picture", "V"],
    ["box", "Select by box (Shift adds, Alt takes out)", "B"],
    ["lasso", "Select by lasso", "L"],
    ["sphere", "Select by sphere: drag from a point", "O"],
  ];
  const isOffered = () => store.state.shown !== null;
  return tools.map(([tool, name, key]) => ({ name, keys: [key], run: () => store.set({ tool }), isOffered }));
}
