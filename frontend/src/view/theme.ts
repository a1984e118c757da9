/** The picture's colors, from CSS custom properties of its element; each with a fallback. */

import { densityRamp } from "../data/density_colors";
import { DENSITY_STEPS } from "../gl/density_steps";
import type { Rgba, Style } from "../gl/scene";

export interface Theme extends Style {
  readonly text: string;
  /** Lines; their names and ticks are text. */
  readonly axis: string;
  readonly axisText: string;
  readonly halo: string;
  readonly font: string;
  readonly accent: string;
  readonly onAccent: string;
}

const FALLBACKS = {
  light: {
    "--picture-ground": "#fcfcfd",
    "--point": "#3f6bb3",
    "--picture-ring": "#11151c",
    "--picture-text": "#20252e",
    "--picture-axis": "#7b8494",
    "--picture-axis-text": "#5b6474",
    "--picture-line": "#6d7686",
    "--accent": "#2b5bd0",
    "--on-accent": "#ffffff",
  },
  dark: {
    "--picture-ground": "#0f1216",
    "--point": "#7fb0f0",
    "--picture-ring": "#f4f7fb",
    "--picture-text": "#e7ebf1",
    "--picture-axis": "#8b94a3",
    "--picture-axis-text": "#8b94a3",
    "--picture-line": "#98a2b2",
    "--accent": "#8db0ff",
    "--on-accent": "#0d1628",
  },
} as const;

export function readTheme(host: HTMLElement, theme: "light" | "dark"): Theme {
  const css = getComputedStyle(host);
  const value = (name: keyof (typeof FALLBACKS)["light"]) =>
    css.getPropertyValue(name).trim() || FALLBACKS[theme][name];
  return {
    ground: parseColor(value("--picture-ground")),
    point: parseColor(value("--point")),
    ring: parseColor(value("--picture-ring")),
    line: parseColor(value("--picture-line")),
    density: Float32Array.from(densityRamp(theme, DENSITY_STEPS).flat(), (part) => part / 255),
    text: value("--picture-text"),
    axis: value("--picture-axis"),
    axisText: value("--picture-axis-text"),
    halo: value("--picture-ground"),
    accent: value("--accent"),
    onAccent: value("--on-accent"),
    font: css.fontFamily || "system-ui, sans-serif",
  };
}

/** The default color of points in the current theme, 0 to 255 per channel. */
export function readPointRgb(host: HTMLElement): readonly number[] {
  const point = parseColor(getComputedStyle(host).getPropertyValue("--point"));
  return point.slice(0, 3).map((part) => Math.round(255 * part));
}

/** Parses any CSS color, including oklch(): the browser itself paints it. */
function parseColor(color: string): Rgba {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return [0.5, 0.5, 0.5, 1];
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data as unknown as [number, number, number, number];
  return [r / 255, g / 255, b / 255, a / 255];
}
