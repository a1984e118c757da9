/** What the picture of custom axes does not have yet: it is of the settings that it was projected with. */
import { isSameAxis } from "../../data/axes";
import type { Coordinates } from "../../data/coordinates";
import type { State } from "../../state/state";
import { AXIS_NAMES } from "./axis_rows";

/** «axis X», «spherize» and «isolated points»; empty: Project would draw the same, or another method is drawn. */
export function notInPicture(state: Readonly<State>): string[] {
  const { coordinates, spherize, subset } = state;
  if (coordinates?.method !== "axes") return [];
  // A file may say nothing of the space.
  const isOtherSpace = coordinates.space === (spherize ? "as stored" : "spherized");
  return [
    ...changedAxes(state, coordinates),
    ...(isOtherSpace ? ["spherize"] : []),
    ...((coordinates.subset ?? null) === subset ? [] : ["isolated points"]),
  ];
}

function changedAxes({ axes, dimensions }: Readonly<State>, { axes: drawn, z }: Coordinates): string[] {
  if (drawn === undefined) return [];
  const isDrawn = (index: number) => (index < 2 || z !== null) && isSameAxis(axes[index]!, drawn[index]!);
  return AXIS_NAMES.slice(0, dimensions).flatMap((name, index) => (isDrawn(index) ? [] : [`axis ${name}`]));
}
