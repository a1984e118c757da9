/**
 * Marks of a saved picture's legends: at the bottom left, as on the screen, the colors' above the sizes'.
 * Lengths in CSS px.
 */
import type { Legend } from "../../data/coloring";
import { type LegendLine, legendLines } from "../../data/legend_lines";
import { missingWords, type SizeLegend, sizeExamples } from "../../data/point_sizes";

export interface Legends {
  /** null: the points are of one color. */
  readonly legend: Legend | null;
  /** null: they are of one size. */
  readonly sizeLegend: SizeLegend | null;
}

export type Mark =
  | { readonly kind: "box"; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** `color` in CSS; null: that of faint text. */
  | {
      readonly kind: "disc";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly color: string | null;
    }
  /** `y` is the middle of the line. */
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly tone: "title" | "text" | "faint";
      readonly anchor: "start" | "end";
    };

/** Width of a text. */
type Measure = (text: string) => number;

const [LEFT, EDGE, GAP, PAD, LINE, DOT] = [12, 12, 6, 10, 18, 4];
const MAX_CHARS = 32;

/** The marks in the order of drawing. */
export function legendMarks(pictureHeight: number, { legend, sizeLegend }: Legends, measure: Measure): Mark[] {
  const bottom = pictureHeight - EDGE;
  const sizes = sizeLegend === null ? [] : sizeMarks(bottom, sizeLegend, measure);
  const above = sizeLegend === null ? bottom : bottom - heightOf(0) - GAP;
  return [...(legend === null ? [] : colorMarks(above, legend, measure)), ...sizes];
}

function colorMarks(bottom: number, legend: Legend, measure: Measure): Mark[] {
  const lines = legendLines(legend, Math.floor((bottom - EDGE - heightOf(0)) / LINE));
  const [height, title] = [heightOf(lines.length), clip(legend.column)];
  const widths = lines.map(({ text, count }) => measure(clip(text)) + measure(count) + 36);
  const width = Math.max(...widths, measure(title) + 12) + 2 * PAD;
  const top = bottom - height;
  return [
    { kind: "box", x: LEFT, y: top, width, height },
    { kind: "text", x: LEFT + PAD, y: middleOf(top, 0), text: title, tone: "title", anchor: "start" },
    ...lines.flatMap((line, index) => lineMarks(line, middleOf(top, index + 1), LEFT + width - PAD)),
  ];
}

function lineMarks({ color, text, count }: LegendLine, y: number, right: number): Mark[] {
  const dot: Mark[] = color === null ? [] : [{ kind: "disc", x: LEFT + PAD + DOT, y, radius: DOT, color }];
  return [
    ...dot,
    { kind: "text", x: LEFT + PAD + 16, y, text: clip(text), tone: "text", anchor: "start" },
    { kind: "text", x: right, y, text: count, tone: "faint", anchor: "end" },
  ];
}

/** One line: the column's name, a disc of the smallest value and one of the largest. */
function sizeMarks(bottom: number, legend: SizeLegend, measure: Measure): Mark[] {
  const [height, title] = [heightOf(0), clip(legend.column)];
  const top = bottom - height;
  const y = middleOf(top, 0);
  const marks: Mark[] = [{ kind: "text", x: LEFT + PAD, y, text: title, tone: "title", anchor: "start" }];
  let x = LEFT + PAD + measure(title) * 1.1; // The title is bold.
  for (const { diameterPx, text } of sizeExamples(legend)) {
    const radius = diameterPx / 2;
    marks.push({ kind: "disc", x: x + 10 + radius, y, radius, color: null });
    marks.push({ kind: "text", x: x + 15 + diameterPx, y, text, tone: "text", anchor: "start" });
    x += 15 + diameterPx + measure(text);
  }
  const missing = missingWords(legend);
  if (missing !== null) {
    marks.push({ kind: "text", x: x + 10, y, text: missing, tone: "faint", anchor: "start" });
    x += 10 + measure(missing);
  }
  return [{ kind: "box", x: LEFT, y: top, width: x + PAD - LEFT, height }, ...marks];
}

/** Height of the title and the lines below it. */
function heightOf(lines: number): number {
  return (lines + 1) * LINE + 2 * PAD - 4;
}

/** Middle of a line, of which the title is the first. */
function middleOf(top: number, line: number): number {
  return top + PAD + (line + 0.5) * LINE - 2;
}

function clip(text: string): string {
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1)}…` : text;
}
