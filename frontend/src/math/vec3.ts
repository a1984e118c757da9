/** A position or direction in space. */
export type Vec3 = readonly [number, number, number];

export function toVec(part: (axis: number) => number): Vec3 {
  return [part(0), part(1), part(2)];
}
