/** The single command that runs, pauses and resumes a layout. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function layoutCommands(store: Store, actions: Actions): Command[] {
  const when = () => store.state.shown !== null;
  const words = "Run, pause or resume the layout";
  return [{ id: "layout", words, keys: ["Space"], run: () => actions.toggleLayout(), when }];
}
