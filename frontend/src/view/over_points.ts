/** Draws labels and axes over the points. */

import type { LabelSheet } from "../gl/scene";
import type { LabelBox } from "../math/label_placement";
import { boxOfCorner } from "../math/room";
import type { ScreenProjection } from "../math/screen_projection";
import { drawAxes2D, drawCorner, drawLines3D, type Extents, type Paper } from "./axes_drawing";
import { CORNER_PX, drawTicks3D, type SeenTicks } from "./axis_ticks";
import type { Labeled, Overlay } from "./overlay";
import type { PictureProps } from "./picture_props";
import type { Theme } from "./theme";

/** Where everything is at a moment: what is drawn over the points. */
export interface Sight {
  /** 0 in 3-D, 1 in 2-D, and between them on the way. */
  readonly flat: number;
  readonly angles: { readonly azimuth: number; readonly elevation: number };
  readonly extents: Extents;
  /** Projects points. */
  readonly projector: ScreenProjection;
  /** Projects the ends of three axes through the middle of the data. */
  readonly axes: ScreenProjection;
  readonly ticks: SeenTicks;
  /** The points at which the names of classes stand; -1: a class has no place. */
  readonly nameRows: Int32Array;
  /** Size of a point's mark in CSS px. */
  readonly markPx: number;
  /** Number of points too far from the others for this view. */
  readonly leftOut: number;
  readonly pointsMove: boolean;
  readonly isRunning: boolean;
}

/** While points move, they have no labels. */
const NO_LABELS: Pick<Labeled, "labels" | "rows" | "foremost"> = { labels: () => "", rows: [], foremost: [] };

export function drawOver(
  overlay: Overlay,
  props: PictureProps,
  sight: Sight,
  theme: Theme,
  hovered: number | null,
  sheet: LabelSheet | null,
): void {
  overlay.clear();
  if (props.count === 0) return;
  const { paper } = overlay;
  const taken: LabelBox[] = [];
  if (paper !== null) drawAxesAndPlaceNames(overlay, paper, props, sight, theme, taken);
  if (!sight.pointsMove) {
    const labeled = sight.isRunning ? NO_LABELS : labeledOver(props, sheet, hovered);
    overlay.drawLabels({ ...labeled, taken, gapPx: sight.markPx / 2 + 6 }, sight.projector, theme);
  }
  if (sight.leftOut > 0 && !sight.pointsMove) overlay.drawLeftOut(sight.leftOut, theme);
}

/** In 3-D, numbers among the points give way to names of classes; those along the window's edges in 2-D do not. */
function drawAxesAndPlaceNames(
  overlay: Overlay,
  paper: Paper,
  props: PictureProps,
  sight: Sight,
  theme: Theme,
  taken: LabelBox[],
): void {
  const rows = sight.pointsMove ? [] : sight.nameRows;
  const placeNames = () => overlay.placeNames(props.classes?.names ?? [], rows, sight.projector, theme, taken);
  if (props.covered !== null) taken.push(boxOfCorner(props.covered, paper.height));
  if (sight.flat < 1) {
    taken.push({ x: paper.width - CORNER_PX, y: paper.height - CORNER_PX, width: CORNER_PX, height: CORNER_PX });
    placeNames();
    taken.pop(); // Labels may stand between the named axes.
  }
  drawAxes({ ...paper, texts: taken, names: overlay.nameBoxes }, props, sight, theme);
  if (sight.flat === 1) placeNames();
}

/** Meaningless axes have no names: a layout shows only the rotating ones in the corner. */
export function drawAxes(whole: Paper, props: PictureProps, sight: Sight, theme: Theme): void {
  const { axisNames, showAxes, covered } = props;
  if (!showAxes) return;
  const paper = { ...whole, covered: covered && boxOfCorner(covered, whole.height) };
  const { flat } = sight;
  const isNamed = axisNames.some((name) => name !== "");
  if (flat < 1 && isNamed) {
    drawLines3D(paper, sight.axes, theme, 1 - flat);
    drawTicks3D(paper, sight.axes, sight.ticks, theme, 1 - flat);
  }
  if (flat < 1) drawCorner(paper, sight.angles, axisNames, theme, 1 - flat);
  if (flat === 1) drawAxes2D(paper, axisNames, sight.extents, theme, 1);
}

/** None where all points are drawn as their labels. */
function labeledOver(props: PictureProps, sheet: LabelSheet | null, hovered: number | null): typeof NO_LABELS {
  const labels = labelsOver(props, sheet);
  if (labels === null) return NO_LABELS;
  return { labels, rows: labelRowsOver(props, sheet), foremost: foremostOf(props, hovered) };
}

/** When all points are drawn as labels, the overlay adds none. */
function labelsOver({ labels, labelPoints }: PictureProps, sheet: LabelSheet | null): PictureProps["labels"] {
  if (sheet?.isAll) return null;
  return labelPoints ? (row) => labelPoints.text(row) : labels;
}

/** The hovered point, and the clicked one. */
function foremostOf({ emphasis, labelRows }: PictureProps, hovered: number | null): number[] {
  const clicked = emphasis === null ? null : (labelRows?.[0] ?? null);
  return [hovered, clicked].filter((row) => row !== null);
}

/** With a label sheet, only the emphasized rows; without one, as many labels as there is room for. */
function labelRowsOver(props: PictureProps, sheet: LabelSheet | null): Iterable<number> {
  const { labelPoints, labelRows, emphasis } = props;
  if (labelPoints && sheet === null) return [...(emphasis ? (labelRows ?? []) : []), ...labelPoints.rows];
  if (sheet !== null && emphasis === null) return [];
  return labelRows ?? [];
}
