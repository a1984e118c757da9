/** The colors of a density, from few points to many: away from the ground in either theme. */
import { type Ramp, rampColor, VIRIDIS } from "./numeric_colors";

/** Where the ramp starts and ends: its ends are too near to the ground to be seen. */
const ENDS = { light: [0.86, 0], dark: [0.22, 1] } as const;

export function densityRamp(theme: "light" | "dark", steps: number): Ramp {
  const [few, many] = ENDS[theme];
  return Array.from({ length: steps }, (_, at) => rampColor(VIRIDIS, few + ((many - few) * at) / (steps - 1)));
}
