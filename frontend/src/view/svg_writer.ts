/** Writes the picture as SVG: discs, or labels in their place, from far to near, and the overlay on top. */
import { lineAlpha } from "../gl/deal_lines";
import { MAX_RINGED, type Rgba, type View } from "../gl/scene";
import type { ScreenProjection } from "../math/screen_projection";
import { FONT_PX, NAME_PX, NAME_WEIGHT } from "./canvas_text";
import { MAX_FOREMOST } from "./emphasis";
import { type LabelPoints, labelOf } from "./label_sheet_maker";
import type { OverlayText } from "./overlay";
import { EMPHASIS, type PictureProps } from "./picture_props";
import type { Theme } from "./theme";

type SvgPoints = Pick<PictureProps, "count" | "colors" | "emphasis" | "sizes" | "lines" | "labelPoints" | "labelRows">;

/** Drawn over the points: labels, and the caller's own markup. */
interface SvgOver {
  readonly texts: readonly OverlayText[];
  readonly markup: readonly string[];
}

/** Red, green and blue, each 0 to 1. */
type Rgb = readonly [number, number, number];

const LABEL_GAP_PX = 6;
const RING_PX = 1.5;
const NEIGHBOR_RING_PX = 0.75;
/**
 * From the middle of a line of text, where a canvas has it, down to its baseline: 0.29 to 0.31 ems in common fonts.
 * Not every program knows SVG's own names of baselines.
 */
export const MIDDLE_EM = 0.3;
/** Minimum and maximum size factors of far and near points. */
const DISC_GROWTH = [0.55, 2.5] as const;
const LABEL_GROWTH = [0.6, 1.5] as const;
const FADED = 0.15;
const FADED_LINE_ALPHA = 0.6;

/** Yields pieces of a document of the projector's size. */
export function* writeSvg(
  points: SvgPoints,
  view: View,
  projector: ScreenProjection,
  theme: Theme,
  over: SvgOver,
): Generator<string> {
  const { width, height } = projector;
  const font = `font-family="${escapeText(theme.font)}" font-size="${FONT_PX}" font-weight="500"`;
  const halo = `stroke="${theme.halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n`;
  yield `<rect width="100%" height="100%" fill="${cssOf(view.style.ground)}"/>\n`;
  yield* new PointWriter(points, view, projector).write(`${font} ${halo}`);
  yield `<g ${font} fill="${theme.text}" ${halo}>\n`;
  for (const text of over.texts) yield writeOverlayText(text);
  yield "</g>\n";
  yield* over.markup;
  yield "</svg>\n";
}

/** Draws like the shaders: see point_glsl.ts, points_pass.ts, lines_pass.ts and labels_pass.ts. */
class PointWriter {
  readonly #isRinged: boolean;
  /** Rows that lie over the others of their kind, the last over all; their indices in that order. */
  readonly #foremost: ReadonlyMap<number, number>;

  constructor(
    private readonly points: SvgPoints,
    private readonly view: View,
    private readonly projector: ScreenProjection,
  ) {
    const { emphasis, labelRows } = points;
    const raised = emphasis?.reduce((sum, kind) => sum + Number(isRaised(kind)), 0) ?? 0;
    this.#isRinged = raised <= MAX_RINGED;
    const foremost = emphasis === null || labelRows === null ? [] : labelRows.subarray(0, MAX_FOREMOST);
    this.#foremost = new Map([...foremost].reverse().map((row, at) => [row, at]));
  }

  *write(lettering: string): Generator<string> {
    yield* this.#writeLines();
    const labels = this.points.labelPoints;
    const isLabel = labels?.isAll ?? false;
    if (!isLabel) for (const row of this.#rowsInOrder()) yield this.#writeDisc(row);
    if (labels === null) return;
    yield `<g ${lettering}>\n`;
    if (isLabel) for (const row of this.#rowsInOrder()) yield this.#writeLabel(labels, row);
    else yield* this.#writeLabelsBeside(labels);
    yield "</g>\n";
  }

  /** Each half of a line has the color of its end. */
  *#writeLines(): Generator<string> {
    const lines = this.points.lines ?? [];
    const alpha = lineAlpha(lines.length / 2);
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const [first, last] = [lines[at]!, lines[at + 1]!];
      const from = { ...this.projector.project(first) };
      const to = this.projector.project(last);
      if (!(from.w > 0 && to.w > 0) || (!from.seen && !to.seen)) continue;
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      yield this.#writeLine(first, from, middle, from.w, alpha);
      yield this.#writeLine(last, middle, to, to.w, alpha);
    }
  }

  #writeLine(row: number, from: { x: number; y: number }, to: { x: number; y: number }, w: number, alpha: number) {
    const ends = [from.x, from.y, to.x, to.y].map((part) => part.toFixed(2));
    const color = this.#fade(row, this.#fog(this.#ownColor(row) ?? rgbOf(this.view.style.line), w));
    const opacity = this.#kindOf(row) === EMPHASIS.faded ? FADED_LINE_ALPHA : alpha;
    return `<path d="M${ends[0]} ${ends[1]}L${ends[2]} ${ends[3]}" stroke="${cssOf(color)}" stroke-opacity="${opacity.toFixed(2)}"/>\n`;
  }

  #writeDisc(row: number): string {
    const { x, y, w } = this.projector.project(row);
    const kind = this.#kindOf(row);
    const [isSelected, isRinged] = [kind === EMPHASIS.selected, kind === EMPHASIS.neighbor && this.#isRinged];
    const size = this.#grow(w, DISC_GROWTH) * this.#pointPx * (this.points.sizes?.[row] ?? 1);
    const raised = size + (isRinged ? 3 : isRaised(kind) ? 1 : 0);
    const radius = (isSelected ? raised * 1.2 + 4 : raised) / 2;
    const fill = cssOf(this.#pointColor(row, w));
    const ring = isSelected ? RING_PX : isRinged ? NEIGHBOR_RING_PX : 0;
    if (ring > 0) return this.#writeRing(x, y, radius, ring) + circle(x, y, radius - 1.75 * ring, `fill="${fill}"`);
    return circle(x, y, radius, `fill="${fill}" fill-opacity="${kind === EMPHASIS.plain ? this.#alpha : 1}"`);
  }

  /** A ring inside the radius, filled with the background color. */
  #writeRing(x: number, y: number, radius: number, width: number): string {
    const { ground, ring } = this.view.style;
    const attributes = `fill="${cssOf(ground)}" stroke="${cssOf(ring)}" stroke-width="${width}"`;
    return circle(x, y, radius - width / 2, attributes);
  }

  #writeLabel(labels: LabelPoints, row: number, gap?: number): string {
    const { x, y, w } = this.projector.project(row);
    const px = FONT_PX * this.#grow(w, LABEL_GROWTH) * (this.#kindOf(row) === EMPHASIS.selected ? 1.2 : 1);
    const attributes = ` font-size="${px.toFixed(1)}" fill="${cssOf(this.#pointColor(row, w))}"`;
    const [left, anchor] = gap === undefined ? ([x, "middle"] as const) : ([x + gap, "start"] as const);
    return writeText(left, y, labelOf(labels, row), anchor, attributes);
  }

  /** If only some points have labels, each stands to the right of its point. */
  *#writeLabelsBeside(labels: LabelPoints): Generator<string> {
    const gap = this.#pointPx / 2 + LABEL_GAP_PX;
    for (const row of labels.rows) if (this.projector.project(row).seen) yield this.#writeLabel(labels, row, gap);
  }

  /** As short as it can be: it is written with each point. */
  get #alpha(): number {
    return Number(this.view.alpha.toFixed(3));
  }

  get #pointPx(): number {
    return this.view.pointSizePx / this.view.pixelRatio;
  }

  /** Visible rows: by emphasis, then from far to near. */
  #rowsInOrder(): Int32Array {
    const { count } = this.points;
    const depths = new Float32Array(count);
    const seen = new Int32Array(count);
    let found = 0;
    for (let row = 0; row < count; row++) {
      const position = this.projector.project(row);
      if (!position.seen) continue;
      depths[row] = position.w;
      seen[found++] = row;
    }
    const level = (row: number) => [1, 0, 2, 3][this.#kindOf(row)]!;
    const front = (row: number) => this.#foremost.get(row) ?? -1;
    return seen
      .subarray(0, found)
      .sort((a, b) => level(a) - level(b) || depths[b]! - depths[a]! || front(a) - front(b));
  }

  #kindOf(row: number): number {
    return this.points.emphasis?.[row] ?? EMPHASIS.plain;
  }

  #ownColor(row: number): Rgb | null {
    const { colors } = this.points;
    return colors === null ? null : [colors[4 * row]! / 255, colors[4 * row + 1]! / 255, colors[4 * row + 2]! / 255];
  }

  #pointColor(row: number, w: number): Rgb {
    const color = this.#ownColor(row) ?? rgbOf(this.view.style.point);
    return this.#fade(row, isRaised(this.#kindOf(row)) ? color : this.#fog(color, w));
  }

  #fog(color: Rgb, w: number): Rgb {
    const { fog, fogPerW, style } = this.view;
    const far = Math.min(1, Math.max(0, ((w - 1) * fogPerW + 0.5) / 1.5));
    return mix(color, rgbOf(style.ground), fog * far * far * (3 - 2 * far));
  }

  #fade(row: number, color: Rgb): Rgb {
    return this.#kindOf(row) === EMPHASIS.faded ? mix(rgbOf(this.view.style.ground), color, FADED) : color;
  }

  #grow(w: number, [min, max]: readonly [number, number]): number {
    return this.view.sizeByDepth ? Math.min(max, Math.max(min, 1 / w)) : 1;
  }
}

function circle(x: number, y: number, radius: number, attributes: string): string {
  return `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="${radius.toFixed(2)}" ${attributes}/>\n`;
}

function isRaised(kind: number): boolean {
  return kind >= EMPHASIS.neighbor;
}

function rgbOf([red, green, blue]: Rgba): Rgb {
  return [red, green, blue];
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => from[at] + share * (to[at] - from[at]);
  return [part(0), part(1), part(2)];
}

function cssOf([red, green, blue]: Rgb | Rgba): string {
  const hex = (part: number) =>
    Math.round(255 * part)
      .toString(16)
      .padStart(2, "0");
  return `#${hex(red)}${hex(green)}${hex(blue)}`;
}

function writeOverlayText({ x, y, text, isName }: OverlayText): string {
  if (!isName) return writeText(x, y, text, "start");
  return writeText(x, y, text, "middle", ` font-size="${NAME_PX}" font-weight="${NAME_WEIGHT}"`);
}

function writeText(x: number, y: number, text: string, anchor: "start" | "middle", attributes = ""): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" dy="${MIDDLE_EM}em"${attributes}>${escapeText(text)}</text>\n`;
}

/** Escapes markup, and drops characters that XML does not allow. */
export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
