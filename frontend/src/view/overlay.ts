/** The canvas over the points: labels, and the area being drawn. */

import type { Part } from "../math/crop";
import { type LabelBox, LabelLayout } from "../math/label_layout";
import type { Projector } from "../math/projector";
import type { Paper } from "./axes_drawing";
import { directionOf, shorten, startText } from "./canvas_text";
import type { Theme } from "./theme";
import type { Area } from "./tools/tool";

/** Window area per label: more labels would be unreadable. Rows beyond LABEL_ROWS_MAX are not considered. */
const LABEL_AREA_PX = 9_000;
const LABEL_ROWS_MAX = 20_000;
/** Maximum number of texts without room: failed attempts cost more than placements. */
const LABEL_MISSES_MAX = 400;
const LINE_PX = 17;

interface Labeled {
  readonly labels: (row: number) => string;
  readonly rows: Iterable<number>;
  /** Rows whose names are drawn in any case, over those of axes; the first before the others. */
  readonly foremost: readonly number[];
  /** Taken by texts of axes. */
  readonly taken: readonly LabelBox[];
  /** From a point's middle to its label. */
  readonly gapPx: number;
}

export class Overlay {
  readonly canvas = document.createElement("canvas");
  readonly #context = this.canvas.getContext("2d");
  readonly #widths = new Map<string, number>();
  /** Labels drawn last, in CSS px: the vertical middle of their left edge. */
  texts: { x: number; y: number; text: string }[] = [];
  #width = 0;
  #height = 0;

  constructor() {
    this.canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  resize(width: number, height: number, pixelRatio: number): void {
    [this.#width, this.#height] = [width, height];
    this.canvas.width = Math.round(width * pixelRatio);
    this.canvas.height = Math.round(height * pixelRatio);
    this.#context?.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  }

  /** The canvas holds this part (px) of the window from now on. */
  showPart(part: Part, width: number, height: number, pixelRatio: number): void {
    [this.#width, this.#height] = [width, height];
    [this.canvas.width, this.canvas.height] = [part.width, part.height];
    this.#context?.setTransform(pixelRatio, 0, 0, pixelRatio, -part.left, -part.top);
  }

  clear(): void {
    this.texts = [];
    const context = this.#context;
    const [width, height] = [this.#width, this.#height] as const;
    // In halves: under load, Chromium occasionally drops a frame that clears the whole canvas at once, leaving the
    // drawing of two frames before on the screen.
    context?.clearRect(0, 0, width, height / 2);
    context?.clearRect(0, height / 2, width, height / 2);
  }

  drawLabels(labeled: Labeled, projector: Projector, theme: Theme): void {
    const context = this.#context;
    if (!context) return;
    startText(context, theme);
    const layout = new LabelLayout();
    for (const row of labeled.foremost) this.#drawLabel(context, labeled, row, projector, layout);
    for (const box of labeled.taken) layout.take(box);
    const max = Math.max(20, Math.round((this.#width * this.#height) / LABEL_AREA_PX));
    let [seen, drawn, missed] = [0, 0, 0];
    for (const row of labeled.rows) {
      if (++seen > LABEL_ROWS_MAX || drawn === max || missed > LABEL_MISSES_MAX) break;
      if (labeled.foremost.includes(row) || !this.#hasRoomAt(row, projector, layout, labeled.gapPx)) continue;
      if (this.#drawLabel(context, labeled, row, projector, layout)) drawn++;
      else missed++;
    }
  }

  /** Whether a label could start beside the point, checked before its text is computed. */
  #hasRoomAt(row: number, projector: Projector, layout: LabelLayout, gapPx: number): boolean {
    const { x, y, seen } = projector.project(row);
    return seen && !layout.isTaken(x + gapPx + 1, y);
  }

  get paper(): Paper | null {
    const context = this.#context;
    const [width, height] = [this.#width, this.#height] as const;
    return context && { context, width, height };
  }

  /** Beside its point: on the right, or on the left at the window's edge. */
  #drawLabel(
    context: CanvasRenderingContext2D,
    { labels, gapPx }: Labeled,
    row: number,
    projector: Projector,
    layout: LabelLayout,
  ): boolean {
    const { x, y, seen } = projector.project(row);
    const text = seen ? shorten(labels(row)) : "";
    if (!text) return false;
    const width = this.#measure(context, text);
    const left = x + gapPx + width > this.#width ? x - gapPx - width : x + gapPx;
    const box = { x: left - 3, y: y - LINE_PX / 2, width: width + 6, height: LINE_PX };
    if (!layout.place(box)) return false;
    context.direction = directionOf(text);
    context.strokeText(text, left, y);
    context.fillText(text, left, y);
    this.texts.push({ x: left, y, text });
    return true;
  }

  #measure(context: CanvasRenderingContext2D, text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) {
      if (this.#widths.size > 5_000) this.#widths.clear();
      width = context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  }

  /** Draws the outline of the area, and the number of points inside next to the pointer. */
  drawArea({ area, words }: { area: Area; words: string }, theme: Theme): void {
    const context = this.#context;
    if (!context) return;
    context.save();
    context.beginPath();
    area.trace(context);
    context.closePath();
    context.fillStyle = context.strokeStyle = theme.accent;
    context.globalAlpha = 0.08;
    context.fill("nonzero");
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.stroke();
    context.restore();
    this.#drawCount(context, words, area.at, theme);
  }

  #drawCount(context: CanvasRenderingContext2D, words: string, at: { x: number; y: number }, theme: Theme): void {
    startText(context, theme);
    const width = this.#measure(context, words) + 16;
    const left = at.x + 14 + width > this.#width ? at.x - 14 - width : at.x + 14;
    const top = at.y + 34 > this.#height ? at.y - 34 : at.y + 10;
    context.fillStyle = theme.accent;
    context.beginPath();
    context.roundRect(left, top, width, 24, 6);
    context.fill();
    context.fillStyle = theme.onAccent;
    context.fillText(words, left + 8, top + 12.5);
  }

  /** Number of points too far from all others for the home view. */
  drawLeftOut(count: number, theme: Theme): void {
    const context = this.#context;
    if (!context) return;
    startText(context, theme);
    context.fillStyle = theme.axisText;
    const [points, lie] = count === 1 ? ["point", "lies"] : ["points", "lie"];
    const text = `${count.toLocaleString("en-US")} far ${points} ${lie} outside of this view: zoom out to see ${count === 1 ? "it" : "them"}`;
    context.strokeText(text, 12, 16);
    context.fillText(text, 12, 16);
  }
}
