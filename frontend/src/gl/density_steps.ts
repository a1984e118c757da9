/** Number of colors in the density ramp; the renderers interpolate between them. */
export const DENSITY_STEPS = 16;
