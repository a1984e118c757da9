/** Undo and redo. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function historyCommands(store: Store, actions: Actions): Command[] {
  const { undo, redo } = { undo: () => actions.undo(), redo: () => actions.redo() };
  return [
    { id: "undo", words: "Undo", keys: ["Ctrl Z"], run: undo, when: () => store.state.canUndo },
    { id: "redo", words: "Redo", keys: ["Shift Ctrl Z", "Ctrl Y"], run: redo, when: () => store.state.canRedo },
  ];
}
