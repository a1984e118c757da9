/**
 * Draws the legend over a saved picture: at the bottom left, as on the screen, with as many lines as the height holds.
 * Lengths in CSS px.
 */
import type { Legend } from "../../data/coloring";
import { type LegendLine, legendLines } from "../../data/legend_lines";
import { escapeText } from "../../view/svg_writer";

const [LEFT, EDGE, PAD, LINE, DOT] = [12, 12, 10, 18, 4];
const MAX_CHARS = 32;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const COLORS = {
  light: { ground: "rgba(255,255,255,.88)", line: "#e2e6ec", text: "#1b2230", faint: "#667080" },
  dark: { ground: "rgba(24,28,34,.88)", line: "#272d36", text: "#e5e9ef", faint: "#8d97a5" },
} as const;

export function drawLegend(
  context: CanvasRenderingContext2D,
  pictureHeight: number,
  legend: Legend,
  theme: "light" | "dark",
): void {
  const colors = COLORS[theme];
  const { title, lines, height, top } = layOut(pictureHeight, legend);
  context.save();
  context.font = `12px ${FONT}`;
  context.textBaseline = "middle";
  const measure = (text: string) => context.measureText(text).width;
  const widest = Math.max(
    ...lines.map(({ text, count }) => measure(clip(text)) + measure(count) + 36),
    measure(clip(title)) + 12,
  );
  const width = widest + 2 * PAD;
  context.beginPath();
  context.roundRect(LEFT, top, width, height, 6);
  context.fillStyle = colors.ground;
  context.fill();
  context.strokeStyle = colors.line;
  context.stroke();
  context.fillStyle = colors.text;
  context.font = `600 12px ${FONT}`;
  context.fillText(clip(title), LEFT + PAD, top + PAD + LINE / 2 - 2);
  context.font = `12px ${FONT}`;
  lines.forEach((line, index) => {
    const y = top + PAD + (index + 1.5) * LINE - 2;
    drawDot(context, line.color, LEFT + PAD + DOT, y);
    context.fillStyle = colors.text;
    context.textAlign = "left";
    context.fillText(clip(line.text), LEFT + PAD + 16, y);
    context.fillStyle = colors.faint;
    context.textAlign = "right";
    context.fillText(line.count, LEFT + width - PAD, y);
  });
  context.restore();
}

interface Layout {
  readonly title: string;
  readonly lines: readonly LegendLine[];
  readonly height: number;
  readonly top: number;
}

function layOut(pictureHeight: number, legend: Legend): Layout {
  const room = pictureHeight - 2 * EDGE;
  const lines = legendLines(legend, Math.floor((room - heightOf(0)) / LINE));
  const height = heightOf(lines.length);
  return { title: legend.column, lines, height, top: pictureHeight - EDGE - height };
}

/** Height in px of the title and the lines below it. */
function heightOf(lines: number): number {
  return (lines + 1) * LINE + 2 * PAD - 4;
}

function drawDot(context: CanvasRenderingContext2D, color: string | null, x: number, y: number): void {
  if (color === null) return;
  context.beginPath();
  context.arc(x, y, DOT, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

/** Text widths depend on the program that opens the file: about seven px per character. */
export function legendSvg(pictureHeight: number, legend: Legend, theme: "light" | "dark"): string {
  const colors = COLORS[theme];
  const { title, lines, height, top } = layOut(pictureHeight, legend);
  const widest = Math.max(
    ...lines.map(({ text, count }) => 7 * (clip(text).length + count.length) + 36),
    7 * clip(title).length,
  );
  const width = widest + 2 * PAD;
  const rows = lines.map(({ color, text, count }, index) => {
    const y = top + PAD + (index + 1.5) * LINE - 2;
    const dot = color === null ? "" : `<circle cx="${LEFT + PAD + DOT}" cy="${y}" r="${DOT}" fill="${color}"/>`;
    const name = `<text x="${LEFT + PAD + 16}" y="${y + 4}" fill="${colors.text}">${escapeText(clip(text))}</text>`;
    return `${dot}${name}<text x="${LEFT + width - PAD}" y="${y + 4}" fill="${colors.faint}" text-anchor="end">${escapeText(count)}</text>`;
  });
  const box = `<rect x="${LEFT}" y="${top}" width="${width}" height="${height}" rx="6" fill="${colors.ground}" stroke="${colors.line}"/>`;
  const head = `<text x="${LEFT + PAD}" y="${top + PAD + LINE / 2 + 2}" font-weight="600" fill="${colors.text}">${escapeText(clip(title))}</text>`;
  return `<g font-family="${FONT}" font-size="12">${box}${head}${rows.join("")}</g>\n`;
}

function clip(text: string): string {
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1)}…` : text;
}
