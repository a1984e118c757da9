/** The command that downloads the loadings. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import type { State } from "../../state/state";

export function pcaCommands(actions: Actions): Command[] {
  const when = ({ projection, tasks }: State) => projection !== null && tasks.loadings === undefined;
  const words = "Download the loadings (TSV)";
  return [{ id: "download-loadings", words, keys: [], run: () => actions.downloadLoadings(), when }];
}
