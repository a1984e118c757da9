/** The window's axes in data space, and the initial direction of a 3-D view. */

import type { Vec3 } from "./vec3";

export const HOME_AZIMUTH = -0.5;
export const HOME_ELEVATION = 0.3;

/** The window's right, up and toward-the-eye directions in data space; angles in radians. */
export function computeDirections(azimuth: number, elevation: number): readonly [Vec3, Vec3, Vec3] {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  return [
    [ca, 0, -sa],
    [-se * sa, ce, -se * ca],
    [ce * sa, se, ce * ca],
  ];
}
