/** The command that measures the quality of the current projection. */
import type { Actions } from "../../state/actions";
import type { Command } from "../../state/command";
import { drawnCoordinates, isQualityCurrent } from "../../state/derived";
import type { State } from "../../state/state";

export function qualityCommands(actions: Actions): Command[] {
  const when = (state: State) =>
    drawnCoordinates(state) !== null && state.tasks.quality === undefined && !isQualityCurrent(state);
  const words = "Measure how far to believe the picture";
  return [{ id: "measure", words, button: "Measure", keys: [], run: () => actions.measureQuality(), when }];
}
