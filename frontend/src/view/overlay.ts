/** The canvas over the points: labels, and the names of the axes. */

import { computeDirections } from "../math/directions";
import { LabelLayout } from "../math/label_layout";
import type { Projector } from "../math/projector";
import type { Theme } from "./theme";

/** More labels than this nobody reads; rows beyond the second are not even looked at. */
const LABELS_MAX = 250;
const LABEL_ROWS_MAX = 2_000;
const LABEL_CHARS_MAX = 60;
const FONT_PX = 12;
const LINE_PX = 16;
const AXIS_PX = 34;

export interface Labelled {
  readonly labels: (row: number) => string;
  readonly rows: Iterable<number>;
  readonly hovered: number | null;
  /** From a point's middle to its label. */
  readonly gapPx: number;
}

export class Overlay {
  readonly canvas = document.createElement("canvas");
  private readonly context = this.canvas.getContext("2d");
  private readonly widths = new Map<string, number>();
  private width = 0;
  private height = 0;

  constructor() {
    this.canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  resize(width: number, height: number, pixelRatio: number): void {
    [this.width, this.height] = [width, height];
    this.canvas.width = Math.round(width * pixelRatio);
    this.canvas.height = Math.round(height * pixelRatio);
    this.context?.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  }

  clear(): void {
    this.context?.clearRect(0, 0, this.width, this.height);
  }

  drawLabels(labelled: Labelled, projector: Projector, theme: Theme): void {
    const { context } = this;
    if (!context) return;
    this.startText(context, theme, FONT_PX);
    const layout = new LabelLayout();
    if (labelled.hovered !== null) this.drawLabel(context, labelled, labelled.hovered, projector, layout);
    let [seen, drawn] = [0, 0];
    for (const row of labelled.rows) {
      if (++seen > LABEL_ROWS_MAX || drawn === LABELS_MAX) break;
      if (row !== labelled.hovered && this.drawLabel(context, labelled, row, projector, layout)) drawn++;
    }
  }

  private startText(context: CanvasRenderingContext2D, theme: Theme, px: number): void {
    context.font = `500 ${px}px ${theme.font}`;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = theme.halo;
    context.fillStyle = theme.text;
  }

  /** Beside its point: to the right, or to the left where the window ends. */
  private drawLabel(
    context: CanvasRenderingContext2D,
    { labels, gapPx }: Labelled,
    row: number,
    projector: Projector,
    layout: LabelLayout,
  ): boolean {
    const { x, y, seen } = projector.project(row);
    const text = seen ? shorten(labels(row)) : "";
    if (!text) return false;
    const width = this.measure(context, text);
    const left = x + gapPx + width > this.width ? x - gapPx - width : x + gapPx;
    const box = { x: left - 3, y: y - LINE_PX / 2, width: width + 6, height: LINE_PX };
    if (!layout.place(box)) return false;
    context.strokeText(text, left, y);
    context.fillText(text, left, y);
    return true;
  }

  private measure(context: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.widths.size > 5_000) this.widths.clear();
      width = context.measureText(text).width;
      this.widths.set(text, width);
    }
    return width;
  }

  /** 3-D: three thin named lines in the corner that turn with the scene; nearer ones are stronger. */
  drawAxes3D(azimuth: number, elevation: number, names: readonly string[], theme: Theme, alpha: number): void {
    const { context } = this;
    if (!context) return;
    const [right, up, toward] = computeDirections(azimuth, elevation);
    const [x0, y0] = [this.width - AXIS_PX - 34, this.height - AXIS_PX - 26];
    this.startText(context, theme, 11);
    context.textAlign = "center";
    [0, 1, 2]
      .sort((a, b) => toward[a] - toward[b])
      .forEach((axis) => {
        const [dx, dy] = [right[axis] * AXIS_PX, -up[axis] * AXIS_PX];
        context.globalAlpha = alpha * (0.8 + 0.2 * toward[axis]);
        this.drawLine(context, x0, y0, x0 + dx, y0 + dy, theme);
        this.drawName(context, names[axis] ?? "", x0 + dx * 1.36, y0 + dy * 1.36, theme);
      });
    context.globalAlpha = 1;
  }

  /** Points that lie too far away from all others for the view from home. */
  drawLeftOut(count: number, theme: Theme): void {
    const { context } = this;
    if (!context) return;
    this.startText(context, theme, 11);
    context.fillStyle = theme.axis;
    const [points, lie] = count === 1 ? ["point", "lies"] : ["points", "lie"];
    const text = `${count.toLocaleString("en-US")} far ${points} ${lie} outside of this view: zoom out to see ${count === 1 ? "it" : "them"}`;
    context.strokeText(text, 12, 16);
    context.fillText(text, 12, 16);
  }

  private drawLine(
    context: CanvasRenderingContext2D,
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    theme: Theme,
  ): void {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.save();
    context.lineWidth = 1.25;
    context.strokeStyle = theme.axis;
    context.stroke();
    context.restore();
  }

  private drawName(context: CanvasRenderingContext2D, name: string, x: number, y: number, theme: Theme): void {
    const text = shorten(name);
    context.save();
    context.strokeText(text, x, y);
    context.fillStyle = theme.axis;
    context.fillText(text, x, y);
    context.restore();
  }

  /** 2-D: the names at the edges they run along. */
  drawAxes2D(names: readonly string[], theme: Theme, alpha: number): void {
    const { context } = this;
    if (!context) return;
    this.startText(context, theme, 11);
    context.globalAlpha = alpha;
    context.textAlign = "right";
    if (names[0]) this.drawName(context, `${names[0]} →`, this.width - 14, this.height - 14, theme);
    if (names[1]) {
      context.save();
      context.translate(this.width - 14, this.height - 36);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      this.drawName(context, `${names[1]} →`, 0, 0, theme);
      context.restore();
    }
    context.globalAlpha = 1;
  }
}

function shorten(text: string): string {
  return text.length > LABEL_CHARS_MAX ? `${text.slice(0, LABEL_CHARS_MAX - 1)}…` : text;
}
