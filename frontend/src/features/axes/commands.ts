/** The command that projects on the custom axes. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function axesCommands(store: Store, actions: Actions): Command[] {
  const when = () => {
    const { method, shown, tasks } = store.state;
    return method === "axes" && shown !== null && tasks.axes === undefined;
  };
  const words = "Project on the custom axes";
  return [{ id: "project-axes", words, button: "Project", keys: [], run: () => actions.projectAxes(), when }];
}
