/** Custom axes: the definition of their ends, and the search results. */
import { type AxisChoices, type AxisCount, INITIAL_AXES, readAxes, writeAxes } from "../../data/axes";
import { held, type Part } from "../../data/field";

interface AxesState {
  axes: AxisChoices;
  /** Search results for X, Y and Z; null: not searched yet. */
  axisCounts: readonly (AxisCount | null)[];
}

export const AXES: Part<AxesState, AxesActions, "axes"> = {
  fields: {
    axes: { initial: INITIAL_AXES, name: "custom axes", text: { read: readAxes, write: writeAxes } },
    axisCounts: held([null, null, null]),
  },
  tasks: ["axes"],
};

interface AxesActions {
  /** Projects on the custom axes in their current definition. */
  projectAxes(): void;
}
