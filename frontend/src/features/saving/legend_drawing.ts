/** Draws the legends over a saved picture. */
import { FONT_PX } from "../../view/canvas_text";
import { escapeText, MIDDLE_EM } from "../../view/svg_writer";
import { type Legends, legendMarks, type Mark } from "./legend_marks";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const COLORS = {
  light: { ground: "rgba(255,255,255,.88)", line: "#e2e6ec", title: "#1b2230", text: "#1b2230", faint: "#667080" },
  dark: { ground: "rgba(24,28,34,.88)", line: "#272d36", title: "#e5e9ef", text: "#e5e9ef", faint: "#8d97a5" },
} as const;
const CHAR_PX = 7.5;

type Theme = keyof typeof COLORS;

export function drawLegends(
  context: CanvasRenderingContext2D,
  pictureHeight: number,
  legends: Legends,
  theme: Theme,
): void {
  context.save();
  context.font = `${FONT_PX}px ${FONT}`;
  context.textBaseline = "middle";
  const marks = legendMarks(pictureHeight, legends, theme, (text) => context.measureText(text).width);
  for (const mark of marks) drawMark(context, mark, COLORS[theme]);
  context.restore();
}

function drawMark(context: CanvasRenderingContext2D, mark: Mark, colors: (typeof COLORS)[Theme]): void {
  if (mark.kind === "text") {
    context.font = `${mark.tone === "title" ? "600 " : ""}${FONT_PX}px ${FONT}`;
    context.textAlign = mark.anchor;
    context.fillStyle = colors[mark.tone];
    context.fillText(mark.text, mark.x, mark.y);
    return;
  }
  context.beginPath();
  if (mark.kind === "disc") context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
  else context.roundRect(mark.x, mark.y, mark.width, mark.height, 6);
  context.fillStyle = mark.kind === "disc" ? (mark.color ?? colors.faint) : colors.ground;
  context.fill();
  if (mark.kind === "disc") return;
  context.strokeStyle = colors.line;
  context.stroke();
}

/** Text widths depend on the program that opens the file: a little over half the size per character. */
export function legendsSvg(pictureHeight: number, legends: Legends, theme: Theme): string {
  const marks = legendMarks(pictureHeight, legends, theme, (text) => CHAR_PX * text.length);
  const elements = marks.map((mark) => markSvg(mark, COLORS[theme]));
  return `<g font-family="${FONT}" font-size="${FONT_PX}">${elements.join("")}</g>\n`;
}

function markSvg(mark: Mark, colors: (typeof COLORS)[Theme]): string {
  if (mark.kind === "box") {
    const { x, y, width, height } = mark;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${colors.ground}" stroke="${colors.line}"/>`;
  }
  if (mark.kind === "disc")
    return `<circle cx="${mark.x}" cy="${mark.y}" r="${mark.radius}" fill="${mark.color ?? colors.faint}"/>`;
  const anchor = mark.anchor === "end" ? ` text-anchor="end"` : "";
  const weight = mark.tone === "title" ? ` font-weight="600"` : "";
  return `<text x="${mark.x}" y="${mark.y}" dy="${MIDDLE_EM}em" fill="${colors[mark.tone]}"${weight}${anchor}>${escapeText(mark.text)}</text>`;
}
