/** Custom axes: the definition of their ends, and the search results. */
import { type AxisChoices, type AxisCount, INITIAL_AXES, readAxes, writeAxes } from "../../data/axes";
import { type Fields, held } from "../../data/field";

export interface AxesState {
  axes: AxisChoices;
  /** Search results for X, Y and Z; null: not searched yet. */
  axisCounts: readonly (AxisCount | null)[];
}

export const AXES_FIELDS: Fields<AxesState> = {
  axes: { initial: INITIAL_AXES, text: { read: readAxes, write: writeAxes } },
  axisCounts: held([null, null, null]),
};

export const AXES_TASKS = ["axes"] as const;

export interface AxesActions {
  /** Projects on the custom axes in their current definition. */
  projectAxes(): void;
}
