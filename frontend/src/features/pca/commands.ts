/** The command that downloads the loadings. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { Store } from "../../state/store";

export function pcaCommands(store: Store, actions: Actions): Command[] {
  const when = () => store.state.projection !== null && store.state.tasks.loadings === undefined;
  const words = "Download the loadings (TSV)";
  return [{ id: "download-loadings", words, keys: [], run: () => actions.downloadLoadings(), when }];
}
