/** Custom axes: what each of them leads from and to, and what that found. */
import { AXES_AT_FIRST, type AxisChoices, type AxisCount, readAxes, writeAxes } from "../../data/axes";
import { type Fields, held } from "../../data/field";

export interface AxesState {
  axes: AxisChoices;
  /** Of X, Y and Z: what their searches found; null: not looked for yet. */
  axisCounts: readonly (AxisCount | null)[];
}

export const AXES_FIELDS: Fields<AxesState> = {
  axes: { initial: AXES_AT_FIRST, text: { read: readAxes, write: writeAxes } },
  axisCounts: held([null, null, null]),
};

export const AXES_TASKS = ["axes"] as const;

export interface AxesActions {
  /** Computes the custom axes as they are chosen now. */
  projectAxes(): void;
}
