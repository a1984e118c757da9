/** The command that projects on the custom axes. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { State } from "../../state/state";

export function axesCommands(actions: Actions): Command[] {
  const when = ({ method, shown, tasks }: State) => method === "axes" && shown !== null && tasks.axes === undefined;
  const words = "Project on the custom axes";
  return [{ id: "project-axes", words, button: "Project", keys: [], run: () => actions.projectAxes(), when }];
}
