/** A place or a direction in space. */
export type Vec3 = readonly [number, number, number];
