/** Dimensions and numeric columns, drawn as they are. */
import { type AsIsAxes, INITIAL_AS_IS, readAsIs, writeAsIs } from "../../data/as_is";
import type { Part } from "../../data/field";

interface AsIsState {
  /** The content of each axis. */
  asIs: AsIsAxes;
}

export const AS_IS: Part<AsIsState, object, "dimensions"> = {
  fields: {
    asIs: { initial: INITIAL_AS_IS, name: "dimensions on the axes", text: { read: readAsIs, write: writeAsIs } },
  },
  tasks: ["dimensions"],
};
