/** A legend as a few lines of text, for saved pictures. */

import type { Legend } from "./coloring";
import { cssColor, MISSING } from "./css_color";
import { formatCount, formatNumber } from "./format";
import { rampColor } from "./numeric_colors";

export interface LegendLine {
  /** null: no color. */
  readonly color: string | null;
  readonly text: string;
  readonly count: string;
}

const MAX_LINES = 24;
/** Number of colors listed for a scale. */
const STOPS = 5;

/** `most`: number of lines that there is room for; the values beyond are counted in one of them. */
export function legendLines(legend: Legend, most = Number.POSITIVE_INFINITY): LegendLine[] {
  const room = Math.max(1, most - (legend.missing > 0 ? 1 : 0));
  const lines = legend.kind === "numeric" ? scaleLines(legend, room) : categoryLines(legend, room);
  if (legend.missing > 0)
    lines.push({ color: cssColor(MISSING), text: "no value", count: formatCount(legend.missing) });
  return lines;
}

function categoryLines({ categories, others }: Legend & { kind: "categorical" }, room: number): LegendLine[] {
  const hasAll = categories.length <= MAX_LINES && others.categories === 0 && categories.length <= room;
  const named = hasAll ? room : Math.min(MAX_LINES, room - 1);
  const shown = categories.slice(0, named);
  const beyond = categories.slice(named);
  const lines: LegendLine[] = shown.map(({ name, count, color }) => ({
    color: cssColor(color),
    text: name,
    count: formatCount(count),
  }));
  const count = beyond.reduce((sum, category) => sum + category.count, others.count);
  const more = beyond.length + others.categories;
  if (more > 0) lines.push({ color: null, text: `and ${formatCount(more)} others`, count: formatCount(count) });
  return lines;
}

function scaleLines({ min, max, middle, scale }: Legend & { kind: "numeric" }, room: number): LegendLine[] {
  const stops = Math.max(2, Math.min(STOPS, room));
  return Array.from({ length: stops }, (_, index) => {
    const share = index / (stops - 1);
    const value =
      middle === null
        ? min + share * (max - min)
        : share < 0.5
          ? min + 2 * share * (middle - min)
          : middle + 2 * (share - 0.5) * (max - middle);
    return { color: cssColor(rampColor(scale.ramp, share)), text: formatNumber(value), count: "" };
  });
}
