/** The picture as SVG: discs from the far to the near, and on them the texts that the overlay shows. */
import type { Projector } from "../math/projector";
import { EMPHASIS } from "./picture_props";
import type { Theme } from "./theme";

export interface SvgPoints {
  readonly count: number;
  /** RGBA a point; null: `color`. */
  readonly colors: Uint8Array | null;
  readonly emphasis: Uint8Array | null;
  /** How many times `sizePx` each point has; null: all have it. */
  readonly sizes: Float32Array | null;
  /** From and to, a pair of rows a line. */
  readonly lines: Uint32Array | null;
  readonly sizePx: number;
  readonly opacity: number;
  /** CSS colors. */
  readonly color: string;
  readonly ground: string;
  readonly ring: string;
}

export interface SvgText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Degrees. */
  readonly turned?: number;
  readonly anchor?: "start" | "end" | "middle";
  readonly color?: string;
}

/** Pieces of a document of the projector's size. `extra` is markup of the caller's own making. */
export function* writeSvg(
  points: SvgPoints,
  projector: Projector,
  texts: readonly SvgText[],
  extra: string,
  font: string,
): Generator<string> {
  const { width, height } = projector;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n`;
  yield `<rect width="100%" height="100%" fill="${points.ground}"/>\n`;
  yield* writeLines(points, projector);
  yield* writePoints(points, projector);
  yield `<g font-family="${escapeText(font)}" font-size="12" font-weight="500" fill="${points.ring}" stroke="${points.ground}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">\n`;
  for (const text of texts) yield writeText(text);
  yield `</g>\n${extra}</svg>\n`;
}

function* writeLines({ lines, color }: SvgPoints, projector: Projector): Generator<string> {
  for (let at = 0; at + 1 < (lines?.length ?? 0); at += 2) {
    const from = { ...projector.project(lines![at]!) };
    const to = projector.project(lines![at + 1]!);
    if (!from.seen && !to.seen) continue;
    const ends = [from.x, from.y, to.x, to.y].map((part) => part.toFixed(2));
    yield `<path d="M${ends[0]} ${ends[1]}L${ends[2]} ${ends[3]}" stroke="${color}" stroke-opacity="0.4"/>\n`;
  }
}

function* writePoints(points: SvgPoints, projector: Projector): Generator<string> {
  const { emphasis } = points;
  const { rows, w } = placesInOrder(points, projector);
  for (const row of rows) {
    const { x, y } = projector.project(row);
    const kind = emphasis?.[row] ?? EMPHASIS.plain;
    const size =
      points.sizePx *
      (points.sizes?.[row] ?? 1) *
      Math.min(2.5, Math.max(0.55, 1 / w[row]!)) *
      (kind === EMPHASIS.selected ? 1.2 : 1);
    const opacity = kind === EMPHASIS.faded ? 0.15 : kind === EMPHASIS.plain ? points.opacity : 1;
    const ring = kind === EMPHASIS.selected ? ` stroke="${points.ring}" stroke-width="1.5"` : "";
    yield `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="${(size / 2).toFixed(2)}" fill="${colorOf(points, row)}" fill-opacity="${opacity}"${ring}/>\n`;
  }
}

/** What is seen: by emphasis, then from the far to the near. */
function placesInOrder({ count, emphasis }: SvgPoints, projector: Projector): { rows: Int32Array; w: Float32Array } {
  const w = new Float32Array(count);
  const seen = new Int32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    const place = projector.project(row);
    if (!place.seen) continue;
    w[row] = place.w;
    seen[found++] = row;
  }
  const level = (row: number) => [1, 0, 2, 3][emphasis?.[row] ?? EMPHASIS.plain]!;
  const rows = seen.subarray(0, found).sort((a, b) => level(a) - level(b) || w[b]! - w[a]!);
  return { rows, w };
}

function colorOf({ colors, color }: SvgPoints, row: number): string {
  if (colors === null) return color;
  const hex = (part: number) => part.toString(16).padStart(2, "0");
  return `#${hex(colors[4 * row]!)}${hex(colors[4 * row + 1]!)}${hex(colors[4 * row + 2]!)}`;
}

function writeText({ x, y, text, turned, anchor, color }: SvgText): string {
  const turn = turned === undefined ? "" : ` transform="rotate(${turned} ${x.toFixed(1)} ${y.toFixed(1)})"`;
  const fill = color === undefined ? "" : ` fill="${color}"`;
  return `<text x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}" text-anchor="${anchor ?? "start"}"${fill}${turn}>${escapeText(text)}</text>\n`;
}

/** Text is text: nothing in it is markup, and what XML does not allow is left out. */
export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/** The names at the edges that they run along, as the overlay has them in 2-D. */
export function axisTexts(names: readonly string[], { width, height }: { width: number; height: number }): SvgText[] {
  const texts: SvgText[] = [];
  if (names[0]) texts.push({ x: width - 14, y: height - 14, text: `${names[0]} →`, anchor: "end" });
  if (names[1]) texts.push({ x: width - 14, y: height - 36, text: `${names[1]} →`, turned: -90 });
  return texts;
}

export function svgColors({ point, ground, text }: Theme): { color: string; ground: string; ring: string } {
  const css = (rgba: readonly number[]) =>
    `rgb(${rgba
      .slice(0, 3)
      .map((part) => Math.round(255 * part))
      .join(" ")})`;
  return { color: css(point), ground: css(ground), ring: text };
}
