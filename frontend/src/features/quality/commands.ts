/** The command that measures the quality of the current projection. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { drawnCoordinates, isQualityCurrent } from "../../state/derived";
import type { Store } from "../../state/store";

export function qualityCommands(store: Store, actions: Actions): Command[] {
  const when = () => {
    const { state } = store;
    return drawnCoordinates(state) !== null && state.tasks.quality === undefined && !isQualityCurrent(state);
  };
  const words = "Measure how far to believe the picture";
  return [{ id: "measure", words, button: "Measure", keys: [], run: () => actions.measureQuality(), when }];
}
