/** The canvas over the points: labels, and the area being drawn. */

import type { Part } from "../math/crop";
import { type LabelBox, LabelPlacement } from "../math/label_placement";
import type { ScreenProjection } from "../math/screen_projection";
import type { Paper } from "./axes_drawing";
import { directionOf, shorten, startNames, startText } from "./canvas_text";
import type { Theme } from "./theme";
import type { Area } from "./tools/tool";

/** Window area per label: more labels would be unreadable. Rows beyond LABEL_ROWS_MAX are not considered. */
const LABEL_AREA_PX = 9_000;
const LABEL_ROWS_MAX = 20_000;
/** Maximum number of texts without room: failed attempts cost more than placements. */
const LABEL_MISSES_MAX = 400;
const LINE_PX = 17;
/** Height of a class's name, and its distance from other texts. */
const NAME_LINE_PX = 20;
const NAME_PADDING_PX = 4;
/** Maximum length of a class's name: a longer one would hide other classes. */
const NAME_CHARS_MAX = 30;

export interface Labeled {
  readonly labels: (row: number) => string;
  readonly rows: Iterable<number>;
  /** Rows whose names are drawn in any case, over those of axes; the first before the others. */
  readonly foremost: readonly number[];
  /** Taken by texts of axes. */
  readonly taken: readonly LabelBox[];
  /** From a point's middle to its label. */
  readonly gapPx: number;
}

/** In CSS px: the vertical middle of a label's left edge, or the middle of a class's name. */
export interface OverlayText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly isName: boolean;
}

export class Overlay {
  readonly canvas = document.createElement("canvas");
  readonly #context = this.canvas.getContext("2d");
  readonly #widths = new Map<string, number>();
  readonly #nameWidths = new Map<string, number>();
  /** Labels and names of classes drawn last. */
  texts: OverlayText[] = [];
  /** Names of classes to be drawn, and the room of each. */
  #names: { readonly text: string; readonly box: LabelBox }[] = [];
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

  drawLabels(labeled: Labeled, projector: ScreenProjection, theme: Theme): void {
    const context = this.#context;
    if (!context) return;
    startText(context, theme);
    const layout = new LabelPlacement();
    for (const row of labeled.foremost) this.#drawLabel(context, labeled, row, projector, layout);
    if (this.#names.length > 0) this.#drawNames(context, theme, layout);
    for (const box of labeled.taken) layout.take(box);
    this.#drawRows(context, labeled, projector, layout);
  }

  /** As many as there is room for. */
  #drawRows(
    context: CanvasRenderingContext2D,
    labeled: Labeled,
    projector: ScreenProjection,
    layout: LabelPlacement,
  ): void {
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
  #hasRoomAt(row: number, projector: ScreenProjection, layout: LabelPlacement, gapPx: number): boolean {
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
    projector: ScreenProjection,
    layout: LabelPlacement,
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
    this.texts.push({ x: left, y, text, isName: false });
    return true;
  }

  /** Finds a place for each name at the point of its row, the most important first; -1: none. */
  placeNames(
    names: readonly string[],
    rows: ArrayLike<number>,
    projector: ScreenProjection,
    theme: Theme,
    taken: readonly LabelBox[],
  ): void {
    const context = this.#context;
    this.#names = [];
    if (!context || names.length === 0) return;
    startNames(context, theme);
    const layout = new LabelPlacement();
    for (const box of taken) layout.take(box);
    for (let at = 0; at < rows.length; at++) {
      const { x, y, seen } = projector.project(rows[at]!);
      const name = seen ? this.#placeName(context, shorten(names[at]!, NAME_CHARS_MAX), x, y, layout) : null;
      if (name !== null) this.#names.push(name);
    }
  }

  /** Over its point, or, where another text is, just above or below it. */
  #placeName(context: CanvasRenderingContext2D, text: string, x: number, y: number, layout: LabelPlacement) {
    const width = this.#measure(context, text, this.#nameWidths) + 2 * NAME_PADDING_PX;
    const left = Math.max(0, Math.min(this.#width - width, x - width / 2));
    const boxAt = (lines: number) => ({ x: left, y: y + (lines - 0.5) * NAME_LINE_PX, width, height: NAME_LINE_PX });
    const box = [0, -1, 1].map(boxAt).find((one) => layout.place(one));
    return box === undefined ? null : { text, box };
  }

  get nameBoxes(): LabelBox[] {
    return this.#names.map(({ box }) => box);
  }

  /** Those that no foremost label covers. */
  #drawNames(context: CanvasRenderingContext2D, theme: Theme, layout: LabelPlacement): void {
    startNames(context, theme);
    for (const { text, box } of this.#names) {
      if (!layout.place(box)) continue;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      context.direction = directionOf(text);
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
      this.texts.push({ x, y, text, isName: true });
    }
    startText(context, theme);
  }

  /** `widths`: of the texts measured before in the same font. */
  #measure(context: CanvasRenderingContext2D, text: string, widths = this.#widths): number {
    let width = widths.get(text);
    if (width === undefined) {
      if (widths.size > 5_000) widths.clear();
      width = context.measureText(text).width;
      widths.set(text, width);
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
