/** Custom axes: the definition of their ends, and the search results. */
import { type AxisChoices, type AxisCounts, INITIAL_AXES, NO_COUNTS, readAxes, writeAxes } from "../../data/axes";
import type { ProjectedAxes } from "../../data/axes_answer";
import { held, type Part } from "../../data/field";

interface AxesState {
  axes: AxisChoices;
  /** Search results for X, Y and Z, each of the search that it names. */
  axisCounts: readonly AxisCounts[];
  /** Null: the data was not projected on axes. */
  projectedAxes: ProjectedAxes | null;
}

export const AXES: Part<AxesState, AxesActions, "axes" | "axisSearches"> = {
  fields: {
    axes: { initial: INITIAL_AXES, name: "custom axes", text: { read: readAxes, write: writeAxes } },
    axisCounts: held(NO_COUNTS),
    projectedAxes: held(null),
  },
  tasks: ["axes", "axisSearches"],
};

interface AxesActions {
  /** Projects on the custom axes in their current definition. */
  projectAxes(): void;
}
