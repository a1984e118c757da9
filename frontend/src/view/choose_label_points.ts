/** Chooses the points that are drawn as their labels. */
import { everyRow } from "../data/row_sets";
import type { LabelPoints } from "./label_sheet_maker";

/** Maximum number of points drawn as labels, a sample of them all: more would be unreadable, and slow. */
export const MAX_LABEL_POINTS = 5_000;

/** All points if there are not too many; otherwise those that `sample` chooses. */
export function chooseLabelPoints(
  text: (row: number) => string,
  count: number,
  sample: (max: number) => Int32Array,
): LabelPoints {
  if (count <= MAX_LABEL_POINTS) return { rows: everyRow(count), isAll: true, text };
  return { rows: sample(MAX_LABEL_POINTS), isAll: false, text };
}
