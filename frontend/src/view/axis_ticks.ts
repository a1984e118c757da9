/** Ticks of a 3-D view: round numbers along the three axes through the middle of the data. */

import type { Bounds, Columns } from "../math/bounds";
import type { Pose } from "../math/camera";
import { LabelPlacement } from "../math/label_placement";
import type { ScreenProjection } from "../math/screen_projection";
import { computeTicks } from "../math/ticks";
import { drawLine, drawText, type Paper } from "./axes_drawing";
import { startText } from "./canvas_text";
import type { Theme } from "./theme";

/** Distance between ticks seen from the side, as far away as the middle of the view. */
const APART_PX = 60;
const LINE_PX = 15;
/** From the axis to the middle of a number, and to the ends of its line. */
const [TEXT_PX, MARK_PX] = [13, 3];
/** Shortest axis on the screen: the numbers of one seen from its end would lie on each other. */
const MIN_AXIS_PX = 60;
/** Radius around the place where the axes cross, in which a number could be any of the three's. */
const CROSSING_PX = 24;
/** Inner part of what is seen of an axis: points crowd there, and a number would be one more thing among them. */
const CROWDED = 0.5;
/** Gap between two numbers. */
const GAP_PX = 4;
/** Corner at the lower right, which the named axes take. */
export const CORNER_PX = 136;
/** Numbers are as unobtrusive as they can be read; farther ones are weaker, as their axes' ends are smaller. */
const STRENGTH = 0.85;

/** Number `at` belongs to row `at` of `columns`. */
interface Ticks {
  readonly columns: Columns;
  readonly numbers: readonly { readonly axis: number; readonly text: string }[];
}

export const NO_TICKS: Ticks = {
  columns: { x: new Float32Array(0), y: new Float32Array(0), z: new Float32Array(0) },
  numbers: [],
};

export interface SeenTicks {
  readonly projector: ScreenProjection;
  readonly numbers: Ticks["numbers"];
}

/** The ticks of the part of each axis that the window can show. */
export function axisTicks(
  { mean, half, middle }: Bounds,
  { target, halfHeight }: Pose,
  window: Pick<Paper, "width" | "height">,
): Ticks {
  const seen = halfHeight * Math.max(1, window.width / window.height);
  const reach = 2 * seen;
  const unitsPerPx = (2 * halfHeight) / window.height;
  const places: [number[], number[], number[]] = [[], [], []];
  const numbers = [0, 1, 2].flatMap((axis) => {
    const low = Math.max(middle[axis]! - half[axis]!, target[axis]! - reach);
    const high = Math.min(middle[axis]! + half[axis]!, target[axis]! + reach);
    const { values, texts } = computeTicks(low, high, Math.floor((high - low) / unitsPerPx / APART_PX));
    const clear = Math.max(CROSSING_PX * unitsPerPx, CROWDED * Math.min(half[axis]!, seen));
    const isClear = (value: number) => Math.abs(value - mean[axis]!) >= clear;
    for (const [at, column] of places.entries())
      column.push(...values.filter(isClear).map((value) => (at === axis ? value : mean[at]!)));
    return texts.filter((_text, at) => isClear(values[at]!)).map((text) => ({ axis, text }));
  });
  const [x, y, z] = places.map((column) => Float32Array.from(column)) as [Float32Array, Float32Array, Float32Array];
  return { columns: { x, y, z }, numbers };
}

/** Nearest first; a number without room is left out, with its line. `ends`: as for the axes. */
export function drawTicks3D(
  paper: Paper,
  ends: ScreenProjection,
  { projector, numbers }: SeenTicks,
  theme: Theme,
  alpha: number,
): void {
  startText(paper.context, theme);
  const layout = new LabelPlacement();
  layout.place({ x: paper.width - CORNER_PX, y: paper.height - CORNER_PX, width: CORNER_PX, height: CORNER_PX });
  for (const box of [paper.covered, ...(paper.names ?? [])]) if (box) layout.take(box);
  const across = [0, 1, 2].map((axis) => acrossAxis(ends, axis));
  const seen = numbers.map((number, row) => ({ ...number, ...projector.project(row) })).filter((one) => one.seen);
  for (const { axis, text, x, y, w } of seen.sort((a, b) => a.w - b.w)) {
    const side = across[axis];
    if (!side) continue;
    const width = paper.context.measureText(text).width + GAP_PX;
    const [textX, textY] = [x + side.x * (TEXT_PX + side.x * side.x * (width / 2 - 6)), y + side.y * TEXT_PX];
    const box = { x: textX - width / 2, y: textY - LINE_PX / 2, width, height: LINE_PX };
    if (box.x < 0 || box.x + width > paper.width || !layout.place(box)) continue;
    const strength = alpha * STRENGTH * Math.min(1, Math.max(0.5, 1.5 - w / 2));
    const [dx, dy] = [side.x * MARK_PX, side.y * MARK_PX];
    drawLine(paper, x - dx, y - dy, x + dx, y + dy, theme, strength);
    drawText(paper, text, textX, textY, "center", theme, strength);
  }
}

/** Unit vector on the screen at a right angle to the axis: to the right of a steep one, below a flat one; null for an axis seen from its end. */
function acrossAxis(ends: ScreenProjection, axis: number): { x: number; y: number } | null {
  const from = { ...ends.project(2 * axis) };
  const to = ends.project(2 * axis + 1);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (!(from.w > 0 && to.w > 0 && length >= MIN_AXIS_PX)) return null;
  const turn = dx - dy > 0 ? 1 : -1;
  return { x: (-dy / length) * turn, y: (dx / length) * turn };
}
