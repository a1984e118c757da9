/** The plane of a 2-D view: its part in the window, for axes and minimap, and the axes through the middle of the data. */

import type { Bounds, Columns } from "../math/bounds";
import type { Pose } from "../math/camera";
import type { MapFrame } from "../math/point_map";
import type { Extents } from "./axes_drawing";
import type { Seen } from "./minimap";

/** The part in the window, in data units. */
export function seenOf({ target, halfHeight, middle }: Pose, aspect: number): Seen {
  const halfWidth = halfHeight * aspect;
  return { x: target[0] - middle[0] * halfWidth, y: target[1] - middle[1] * halfHeight, halfWidth, halfHeight };
}

/** The data range from edge to edge of the window. */
export function extentsOf({ x, y, halfWidth, halfHeight }: Seen): Extents {
  return { x: [x - halfWidth, x + halfWidth], y: [y - halfHeight, y + halfHeight] };
}

/** The framed part of the plane. Even a line needs some extent to be drawn. */
export function framedOf({ middle, half, radius }: Bounds): MapFrame {
  const [halfX, halfY] = [Math.max(half[0], radius / 100), Math.max(half[1], radius / 100)];
  return { left: middle[0] - halfX, bottom: middle[1] - halfY, width: 2 * halfX, height: 2 * halfY };
}

/** Ends of three axes through the middle of the data: rows 0 and 1 are X, 2 and 3 Y, 4 and 5 Z. */
export function axisEnds({ mean, half, middle }: Bounds): Columns {
  const column = (axis: number) =>
    Float32Array.from({ length: 6 }, (_, end) =>
      end >> 1 === axis ? middle[axis]! + (end & 1 ? half[axis]! : -half[axis]!) : mean[axis]!,
    );
  return { x: column(0), y: column(1), z: column(2) };
}
