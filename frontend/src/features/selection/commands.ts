/** Commands that select, and isolate the selected points. */
import type { Combine } from "../../data/row_sets";
import type { Actions } from "../../state/actions";
import type { Command, ElementKeys } from "../../state/command";
import { hasData } from "../../state/derived";
import { isAnySelected } from "../../state/selected_rows";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { TOOL_WORDS, TOOLS } from "./fields";

/** Handled by the picture, in `view/gestures.ts`: before the page, and only while an area is drawn. */
export const DRAWING_KEYS: readonly ElementKeys[] = [{ keys: ["Esc"], words: "Cancel the area that is being drawn" }];
/** Keys that the picture reads with each event of the pointer; the space bar in `view/space_bar.ts`. */
export const HELD_KEYS: readonly ElementKeys[] = [
  { keys: ["Shift"], words: "Add: a click, an area" },
  { keys: ["Alt"], words: "Take out: an area" },
  { keys: ["Space"], words: "Drag the picture instead" },
  { keys: ["Ctrl"], words: "Swap the mouse buttons: a drag that moves the picture turns it, and the other way round" },
];

export function selectionCommands(store: Store, actions: Actions): Command[] {
  const isIsolated = ({ trail }: State) => trail.length > 0;
  const clear = "Clear the selection, the search; go back to more points; clear the filters";
  const all = () => actions.leaveSubset(0);
  return [
    ...toolCommands(store),
    { id: "isolate", words: "Isolate the selected points", keys: ["I"], run: () => actions.isolate(), when: hasData },
    { id: "all-points", words: "Back to all points", keys: [], run: all, when: isIsolated },
    { id: "select-all", words: "Select all points", keys: ["Ctrl A"], run: () => actions.selectAll(), when: hasData },
    ...filteredCommands(actions),
    {
      ...{ id: "invert-selection", words: "Invert the selection", keys: ["Shift I"] },
      ...{ run: () => actions.invertSelection(), when: isAnySelected },
    },
    { id: "tag", words: "Tag the selected points", keys: [], run: () => actions.openTagForm(), when: isAnySelected },
    { id: "clear", words: clear, keys: ["Esc"], run: () => actions.clear() },
  ];
}

function toolCommands(store: Store): Command[] {
  return TOOLS.map((tool) => {
    const { command: words, key } = TOOL_WORDS[tool];
    return { id: `tool-${tool}`, words, keys: [key], run: () => store.set({ tool }), when: hasData };
  });
}

function filteredCommands(actions: Actions): Command[] {
  const when = ({ filteredRows }: State) => filteredRows !== null;
  const select = (combine: Combine) => () => actions.selectFiltered(combine);
  const add = "Add what the filters leave to the selection";
  const subtract = "Take what the filters leave out of the selection";
  return [
    { id: "select-filtered", words: "Select what the filters leave", keys: ["Shift A"], run: select("replace"), when },
    { id: "add-filtered", words: add, keys: [], run: select("add"), when },
    { id: "subtract-filtered", words: subtract, keys: [], run: select("subtract"), when },
  ];
}
