/** The single command that runs, pauses and resumes a layout. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { hasData } from "../../state/derived";

export function layoutCommands(actions: Actions): Command[] {
  const words = "Run, pause or resume the layout";
  return [{ id: "layout", words, keys: ["Space"], run: () => actions.toggleLayout(), when: hasData }];
}
