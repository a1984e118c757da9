/** Colors of a density's ramp, between which the renderers mix. */
export const DENSITY_STEPS = 16;
