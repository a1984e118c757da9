/**
 * Draws axes over the points: in 2-D names, ticks and a light grid; in 3-D thin lines through the middle, with the ticks
 * of axis_ticks.ts, and named ones in the corner.
 */

import { computeDirections } from "../math/directions";
import { type LabelBox, overlaps } from "../math/label_placement";
import type { ScreenProjection } from "../math/screen_projection";
import { computeTicks } from "../math/ticks";
import { fitText, startText } from "./canvas_text";
import type { Pen } from "./pen";
import type { Theme } from "./theme";

export interface Paper {
  readonly context: Pen;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  /** Receives the rectangle of each text: names of points leave it free. */
  readonly texts?: LabelBox[];
  /** What lies over the paper: a number that it would cut in half is left out. */
  readonly covered?: LabelBox | null;
  /** Names of classes, among which numbers of 3-D axes are left out. */
  readonly names?: readonly LabelBox[];
}

/** The data range that the window shows along each axis. */
export interface Extents {
  readonly x: readonly [left: number, right: number];
  readonly y: readonly [bottom: number, top: number];
}

const CORNER_PX = 34;
const LINE_PX = 16;
const TICKS_APART_PX = { x: 96, y: 64 } as const;
/** Opacities: visible on the background, unobtrusive among points. */
const GRID_ALPHA = 0.1;
const ZERO_ALPHA = 0.17;
const LINES_ALPHA = 0.17;
/** Longest name in the corner: about 30 letters; longer ones lose their middle. */
const CORNER_NAME_PX = 180;
/** Distance of a name from the window's edges. */
const EDGE_PX = 8;
/** Length of a side of the window that its name leaves free, with its arrow. */
const NAME_ROOM_PX = { x: 44, y: 60 } as const;
/** Space for the names at the lower right. */
const NAMES_PX = 92;

export function drawAxes2D(
  paper: Paper,
  names: readonly string[],
  extents: Extents,
  theme: Theme,
  alpha: number,
): void {
  drawGrid(paper, names, extents, theme, alpha);
  drawNames2D(paper, names, theme, alpha);
}

function drawGrid(paper: Paper, names: readonly string[], { x, y }: Extents, theme: Theme, alpha: number): void {
  const { context, width, height, covered } = paper;
  startText(context, theme);
  const drawNumber = (text: string, x: number, y: number, align: CanvasTextAlign) => {
    const isCovered = covered && overlaps(boxOf(context, text, x, y, align), covered);
    if (!isCovered) drawText(paper, text, x, y, align, theme, alpha);
  };
  if (names[0]) {
    const { values, texts } = computeTicks(x[0], x[1], Math.floor(width / TICKS_APART_PX.x));
    values.forEach((value, index) => {
      const at = Math.round(((value - x[0]) / (x[1] - x[0])) * width) + 0.5;
      drawLine(paper, at, 0, at, height, theme, alpha * (value === 0 ? ZERO_ALPHA : GRID_ALPHA));
      if (at > 16 && at < width - NAMES_PX) drawNumber(texts[index]!, at, height - 10, "center");
    });
  }
  if (!names[1]) return;
  const { values, texts } = computeTicks(y[0], y[1], Math.floor(height / TICKS_APART_PX.y));
  values.forEach((value, index) => {
    const at = Math.round((1 - (value - y[0]) / (y[1] - y[0])) * height) + 0.5;
    drawLine(paper, 0, at, width, at, theme, alpha * (value === 0 ? ZERO_ALPHA : GRID_ALPHA));
    if (at > 12 && at < height - NAMES_PX) drawNumber(texts[index]!, width - 8, at, "right");
  });
}

/** Along the edges that they belong to. */
function drawNames2D(paper: Paper, names: readonly string[], theme: Theme, alpha: number): void {
  const { context, width, height } = paper;
  startText(context, theme);
  if (names[0]) {
    const name = fitText(context, names[0], width - NAME_ROOM_PX.x);
    drawText(paper, `${name} →`, width - 14, height - 10, "right", theme, alpha);
  }
  if (!names[1]) return;
  drawUpward(paper, `${fitText(context, names[1], height - NAME_ROOM_PX.y)} →`, width - 14, height - 30, theme, alpha);
}

function drawUpward(paper: Paper, text: string, x: number, y: number, theme: Theme, alpha: number): void {
  const { context, texts } = paper;
  const length = context.measureText(text).width;
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  drawText({ ...paper, texts: undefined }, text, 0, 0, "left", theme, alpha);
  context.restore();
  texts?.push({ x: x - LINE_PX / 2, y: y - length, width: LINE_PX, height: length });
}

/** Three thin named lines in the corner that rotate with the scene; nearer ones are stronger, their names are not. */
export function drawCorner(
  paper: Paper,
  angles: { azimuth: number; elevation: number },
  names: readonly string[],
  theme: Theme,
  alpha: number,
): void {
  const { context, width, height } = paper;
  const [right, up, toward] = computeDirections(angles.azimuth, angles.elevation);
  const [x0, y0] = [width - CORNER_PX - 34, height - CORNER_PX - 26];
  startText(context, theme);
  const farFirst = [0, 1, 2].sort((a, b) => toward[a]! - toward[b]!);
  for (const axis of farFirst) {
    const [dx, dy] = [right[axis]! * CORNER_PX, -up[axis]! * CORNER_PX];
    const strength = alpha * (0.8 + 0.2 * toward[axis]!);
    drawLine(paper, x0, y0, x0 + dx, y0 + dy, theme, strength, 1.25);
    drawCornerName(paper, names[axis] ?? "", x0 + dx * 1.36, y0 + dy * 1.36, theme, alpha);
  }
}

/** Centered at the end of its line, or moved inward from the window's edges as far as its length needs. */
function drawCornerName(paper: Paper, name: string, x: number, y: number, theme: Theme, alpha: number): void {
  const { context, width } = paper;
  const text = fitText(context, name, Math.min(CORNER_NAME_PX, width - 2 * EDGE_PX));
  const half = context.measureText(text).width / 2;
  const inside = Math.max(EDGE_PX + half, Math.min(width - EDGE_PX - half, x));
  drawText(paper, text, inside, y, "center", theme, alpha);
}

/** `ends` projects the two ends of each axis, in rows 0 and 1, 2 and 3, 4 and 5. */
export function drawLines3D(paper: Paper, ends: ScreenProjection, theme: Theme, alpha: number): void {
  for (const axis of [0, 1, 2]) {
    const from = { ...ends.project(2 * axis) };
    const to = ends.project(2 * axis + 1);
    if (from.w > 0 && to.w > 0) drawLine(paper, from.x, from.y, to.x, to.y, theme, alpha * LINES_ALPHA);
  }
}

export function drawLine(
  { context }: Paper,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  theme: Theme,
  alpha: number,
  width = 1,
): void {
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.strokeStyle = theme.axis;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
  context.globalAlpha = 1;
}

export function drawText(
  { context, texts }: Paper,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  theme: Theme,
  alpha: number,
): void {
  context.globalAlpha = alpha;
  context.textAlign = align;
  context.lineWidth = 3.5;
  context.strokeStyle = theme.halo;
  context.strokeText(text, x, y);
  context.fillStyle = theme.axisText;
  context.fillText(text, x, y);
  context.globalAlpha = 1;
  texts?.push(boxOf(context, text, x, y, align));
}

function boxOf(context: Pen, text: string, x: number, y: number, align: CanvasTextAlign): LabelBox {
  const { width } = context.measureText(text);
  const left = x - (align === "center" ? width / 2 : align === "right" ? width : 0);
  return { x: left, y: y - LINE_PX / 2, width, height: LINE_PX };
}
