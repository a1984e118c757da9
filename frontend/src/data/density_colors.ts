/** The density's colors, from low to high: distinct from the background in either theme. */
import { cssColor } from "./css_color";
import { type Ramp, rampColor, VIRIDIS } from "./numeric_colors";

type Theme = "light" | "dark";

/** Start and end on the color ramp: the ramp's own ends are too close to the background. */
const ENDS = { light: [0.86, 0], dark: [0.22, 1] } as const;

export function densityRamp(theme: Theme, steps: number): Ramp {
  const [few, many] = ENDS[theme];
  return Array.from({ length: steps }, (_, at) => rampColor(VIRIDIS, few + ((many - few) * at) / (steps - 1)));
}

/** For legends, in CSS: a gradient from few points to many. */
export function densityGradient(theme: Theme): string {
  return `linear-gradient(to right, ${densityRamp(theme, 9).map(cssColor).join(", ")})`;
}
