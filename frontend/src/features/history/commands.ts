/** Undo and redo. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";

export function historyCommands(actions: Actions): Command[] {
  const { undo, redo } = { undo: () => actions.undo(), redo: () => actions.redo() };
  return [
    { id: "undo", words: "Undo", keys: ["Ctrl Z"], run: undo, when: ({ canUndo }) => canUndo },
    { id: "redo", words: "Redo", keys: ["Shift Ctrl Z", "Ctrl Y"], run: redo, when: ({ canRedo }) => canRedo },
  ];
}
