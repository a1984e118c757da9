/**
 * Draws the texts of points into one sheet for the GPU, a slice per frame: whole words, shaped by the browser, so that
 * every script it supports can be drawn.
 */

import type { LabelSheet } from "../gl/scene";
import { directionOf, FONT_PX, shorten } from "./canvas_text";

/** Rows and their labels. */
export interface LabelPoints {
  readonly rows: Int32Array;
  /** The rows are all points: they are drawn only as their labels. */
  readonly isAll: boolean;
  text(row: number): string;
}

interface ScreenOptions {
  readonly font: string;
  readonly pixelRatio: number;
  /** Maximum texture side of the GPU. */
  readonly maxPx: number;
}

export interface SheetOptions {
  readonly font: string;
  readonly pixelRatio: number;
  /** Size of a sheet; its height is the maximum. */
  readonly width: number;
  readonly height: number;
}

const WIDTH_PX = 2048;
const LINE_PX = 18;
/** Distance of a letter from the edges of its rectangle: more than its halo is wide. */
const PADDING_PX = 2;
/** Maximum length: longer labels would cover what is beside them. */
const MAX_LETTERS = 24;
const SLICE_MS = 8;
/** Number of texts between checks of the clock. */
const AT_ONCE = 16;
const NAMELESS = "•";

export class LabelSheetMaker {
  #frame = 0;

  constructor(private readonly onSheet: (sheet: LabelSheet | null) => void) {}

  /** A sheet is being drawn. */
  get isMaking(): boolean {
    return this.#frame !== 0;
  }

  /** Drops the previous sheet at once: its texts may be wrong. */
  make(points: LabelPoints | null, { font, pixelRatio, maxPx }: ScreenOptions): void {
    this.stop();
    this.onSheet(null);
    if (points === null || points.rows.length === 0) return;
    const width = Math.min(WIDTH_PX, maxPx);
    const work = makeSheet(points, { font, pixelRatio, width, height: maxPx });
    const go = () => {
      const sheet = advance(work);
      this.#frame = sheet === undefined ? requestAnimationFrame(go) : 0;
      if (sheet !== undefined) this.onSheet(sheet);
    };
    this.#frame = requestAnimationFrame(go);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}

/** Makes as many sheets as the texts need, each when it is asked for. Throws if their height has no room for a line. */
export function* makeSheets(points: LabelPoints, options: SheetOptions): Generator<LabelSheet> {
  for (let { rows } = points; rows.length > 0; ) {
    const sheet = finish(makeSheet({ ...points, rows }, options));
    if (sheet === null) throw new Error("the browser gave no canvas for the texts of points; close other pages");
    const placed = sheet.rows.filter((_row, index) => sheet.rects[4 * index + 2]! > 0).length;
    if (placed === 0) throw new Error(`a sheet of ${options.height} px has no room for a line of text`);
    yield { ...sheet, rows: sheet.rows.slice(0, placed), rects: sheet.rects.slice(0, 4 * placed) };
    rows = rows.subarray(placed);
  }
}

function finish(work: Generator<undefined, LabelSheet | null>): LabelSheet | null {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does a slice of the work; undefined: there is more to do. */
function advance(work: Generator<undefined, LabelSheet | null>): LabelSheet | null | undefined {
  const end = performance.now() + SLICE_MS;
  while (performance.now() < end) {
    const { done, value } = work.next();
    if (done) return value;
  }
  return undefined;
}

/** Lays out the texts, then draws them: the sheet's height is only known after layout. */
function* makeSheet(points: LabelPoints, options: SheetOptions): Generator<undefined, LabelSheet | null> {
  const measure = new OffscreenCanvas(1, 1).getContext("2d");
  if (measure === null) return null;
  setFont(measure, options);
  const { rects, height, placed } = yield* placeTexts(points, measure, options);
  const image = new OffscreenCanvas(options.width, Math.max(1, height));
  const context = image.getContext("2d");
  if (context === null) return null;
  setFont(context, options);
  const padding = paddingOf(options);
  for (let index = 0; index < placed; index++) {
    const text = textOf(points, index);
    context.direction = directionOf(text);
    const [x, y, , high] = rects.subarray(4 * index, 4 * index + 4);
    context.strokeText(text, x! + padding, y! + high! / 2);
    context.fillText(text, x! + padding, y! + high! / 2);
    if (index % AT_ONCE === 0) yield;
  }
  const rows = Uint32Array.from(points.rows);
  return { image, rects, rows, pixelRatio: options.pixelRatio, isAll: points.isAll && placed === rows.length };
}

/** Lines of texts from the top; texts beyond the sheet's height get width 0, and are not drawn. */
function* placeTexts(
  points: LabelPoints,
  context: OffscreenCanvasRenderingContext2D,
  options: SheetOptions,
): Generator<undefined, { rects: Uint16Array<ArrayBuffer>; height: number; placed: number }> {
  const rects = new Uint16Array(4 * points.rows.length);
  const [linePx, padding] = [Math.ceil(LINE_PX * options.pixelRatio), paddingOf(options)];
  let [x, y, index] = [0, 0, 0];
  for (; index < points.rows.length; index++) {
    const measured = Math.ceil(context.measureText(textOf(points, index)).width) + 2 * padding;
    const width = Math.min(options.width, measured);
    if (x + width > options.width) [x, y] = [0, y + linePx];
    if (y + linePx > options.height) break;
    rects.set([x, y, width, linePx], 4 * index);
    x += width;
    if (index % AT_ONCE === 0) yield;
  }
  return { rects, height: Math.min(options.height, y + linePx), placed: index };
}

function paddingOf({ pixelRatio }: SheetOptions): number {
  return 1 + Math.ceil(PADDING_PX * pixelRatio);
}

function setFont(context: OffscreenCanvasRenderingContext2D, { font, pixelRatio }: SheetOptions): void {
  context.font = `500 ${FONT_PX * pixelRatio}px ${font}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  // The halo, which takes the background's color, then the letters.
  context.strokeStyle = "#000";
  context.lineWidth = 3 * pixelRatio;
  context.lineJoin = "round";
  context.fillStyle = "#fff";
}

function textOf(points: LabelPoints, index: number): string {
  return labelOf(points, points.rows[index]!);
}

/** The label drawn for a row. */
export function labelOf(points: LabelPoints, row: number): string {
  return shorten(points.text(row).trim(), MAX_LETTERS) || NAMELESS;
}
