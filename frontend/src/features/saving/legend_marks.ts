/**
 * Marks of a saved picture's legends: at the bottom left, as on the screen, the colors' above the others.
 * Lengths in CSS px.
 */
import type { Legend } from "../../data/coloring";
import { cssColor } from "../../data/css_color";
import { densityRamp } from "../../data/density_colors";
import { type LegendLine, legendLines } from "../../data/legend_lines";
import { missingWords, type SizeLegend, sizeExamples } from "../../data/point_sizes";

export interface Legends {
  /** null: the points are of one color. */
  readonly legend: Legend | null;
  /** null: they are of one size. */
  readonly sizeLegend: SizeLegend | null;
  /** Whether the density is drawn instead of points. */
  readonly density: boolean;
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

/** A legend of one line. */
interface Line {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** A disc, a text, or both. */
interface Part {
  readonly diameterPx: number;
  readonly color: string | null;
  readonly text: string;
  readonly tone: "text" | "faint";
}

type Theme = "light" | "dark";
/** Width of a text. */
type Measure = (text: string) => number;

const [LEFT, EDGE, GAP, PAD, LINE, DOT] = [12, 12, 6, 10, 18, 4];
const MAX_CHARS = 32;
const DENSITY_DISCS = 5;
const NO_DISC = { diameterPx: 0, color: null } as const;

/** The marks in the order of drawing. */
export function legendMarks(pictureHeight: number, legends: Legends, theme: Theme, measure: Measure): Mark[] {
  const { legend, sizeLegend, density } = legends;
  const marks: Mark[] = [];
  let bottom = pictureHeight - EDGE;
  for (const line of [sizeLegend && sizeLine(sizeLegend), density && densityLine(theme)]) {
    if (!line) continue;
    marks.unshift(...lineMarks(bottom, line, measure));
    bottom -= heightOf(0) + GAP;
  }
  return [...(legend === null ? [] : colorMarks(bottom, legend, measure)), ...marks];
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
    ...lines.flatMap((line, index) => valueMarks(line, middleOf(top, index + 1), LEFT + width - PAD)),
  ];
}

function valueMarks({ color, text, count }: LegendLine, y: number, right: number): Mark[] {
  const dot: Mark[] = color === null ? [] : [{ kind: "disc", x: LEFT + PAD + DOT, y, radius: DOT, color }];
  return [
    ...dot,
    { kind: "text", x: LEFT + PAD + 16, y, text: clip(text), tone: "text", anchor: "start" },
    { kind: "text", x: right, y, text: count, tone: "faint", anchor: "end" },
  ];
}

/** The column's name, a disc of the smallest value and one of the largest. */
function sizeLine(legend: SizeLegend): Line {
  const parts: Part[] = sizeExamples(legend).map((example) => ({ ...example, color: null, tone: "text" }));
  const missing = missingWords(legend);
  if (missing !== null) parts.push({ ...NO_DISC, text: missing, tone: "faint" });
  return { title: clip(legend.column), parts };
}

function densityLine(theme: Theme): Line {
  const discs = densityRamp(theme, DENSITY_DISCS).map(cssColor);
  return {
    title: "Density",
    parts: [
      { ...NO_DISC, text: "few", tone: "text" },
      ...discs.map((color): Part => ({ diameterPx: 2 * DOT, color, text: "", tone: "text" })),
      { ...NO_DISC, text: "many", tone: "text" },
    ],
  };
}

function lineMarks(bottom: number, { title, parts }: Line, measure: Measure): Mark[] {
  const [height, marks] = [heightOf(0), [] as Mark[]];
  const top = bottom - height;
  const y = middleOf(top, 0);
  let x = LEFT + PAD + measure(title) * 1.1; // The title is bold.
  for (const { diameterPx, color, text, tone } of parts) {
    x += 10;
    if (diameterPx > 0) marks.push({ kind: "disc", x: x + diameterPx / 2, y, radius: diameterPx / 2, color });
    x += diameterPx > 0 && text !== "" ? diameterPx + 5 : diameterPx;
    if (text !== "") marks.push({ kind: "text", x, y, text, tone, anchor: "start" });
    x += measure(text);
  }
  return [
    { kind: "box", x: LEFT, y: top, width: x + PAD - LEFT, height },
    { kind: "text", x: LEFT + PAD, y, text: title, tone: "title", anchor: "start" },
    ...marks,
  ];
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
