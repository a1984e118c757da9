/** The entry for a point in a list. */
import type { PointLine } from "../data/point_line";
import { pointName } from "./derived";
import type { State } from "./state";

export function pointLine(state: Readonly<State>, row: number): PointLine {
  const sprite = state.listImages ? state.sprite : null;
  return { row, name: pointName(state, row), sprite, isSelected: row === state.row };
}
