/** Draws labels and axes over the points. */

import type { LabelSheet } from "../gl/scene";
import { drawAxes2D, drawCorner, drawLines3D, type Paper } from "./axes_drawing";
import type { Overlay } from "./overlay";
import type { PictureProps } from "./picture_props";
import type { Scenery } from "./scenery";
import type { Theme } from "./theme";

export function drawOver(
  overlay: Overlay,
  props: PictureProps,
  scenery: Scenery,
  theme: Theme,
  hovered: number | null,
  sheet: LabelSheet | null,
): void {
  overlay.clear();
  if (props.count === 0) return;
  if (overlay.paper !== null) drawAxes(overlay.paper, props, scenery, theme);
  const labels = labelsOver(props, sheet);
  if (labels && !scenery.pointsMove && !scenery.isRunning(performance.now())) {
    const labelled = { labels, rows: labelRowsOver(props, sheet), hovered, gapPx: scenery.markPx / 2 + 6 };
    overlay.drawLabels(labelled, scenery.makeProjector(), theme);
  }
  if (scenery.leftOut > 0 && !scenery.pointsMove) overlay.drawLeftOut(scenery.leftOut, theme);
}

/** Meaningless axes have no names: a layout shows only the rotating ones in the corner. */
export function drawAxes(paper: Paper, { axisNames, showAxes }: PictureProps, scenery: Scenery, theme: Theme): void {
  if (!showAxes) return;
  const { flat } = scenery.viewpoint;
  const isNamed = axisNames.some((name) => name !== "");
  if (flat < 1 && isNamed) drawLines3D(paper, scenery.makeAxesProjector(), theme, 1 - flat);
  if (flat < 1) drawCorner(paper, scenery.viewpoint.angles, axisNames, theme, 1 - flat);
  if (flat === 1) drawAxes2D(paper, axisNames, scenery.extents, theme, 1);
}

/** When all points are drawn as labels, the overlay adds none. */
function labelsOver({ labels, labelPoints }: PictureProps, sheet: LabelSheet | null): PictureProps["labels"] {
  if (sheet?.isAll) return null;
  return labelPoints ? (row) => labelPoints.text(row) : labels;
}

/** With a label sheet, only the emphasized rows; without one, as many labels as there is room for. */
function labelRowsOver(props: PictureProps, sheet: LabelSheet | null): Iterable<number> {
  const { labelPoints, labelRows, emphasis } = props;
  if (labelPoints && sheet === null) return [...(emphasis ? (labelRows ?? []) : []), ...labelPoints.rows];
  if (sheet !== null && emphasis === null) return [];
  return labelRows ?? [];
}
