/** A position or direction in space. */
export type Vec3 = readonly [number, number, number];
