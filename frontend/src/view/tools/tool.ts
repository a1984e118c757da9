/** Interface of the picture's tools: a press begins an area, which then follows the pointer. */

import type { Search } from "../../math/areas";
import type { Columns } from "../../math/bounds";
import type { ScreenProjection } from "../../math/screen_projection";

export interface Tool {
  /** The area of a drag from here; null: no area can begin here, so the drag moves the picture. */
  begin(x: number, y: number, pick: () => PickedPoint | null): Area | null;
}

/** Positions are CSS px from the top left of the picture. */
export interface Area {
  /** Position of the pointer. */
  readonly at: { readonly x: number; readonly y: number };
  goTo(x: number, y: number): void;
  /** Searches for the rows inside the current area. */
  search(points: AreaPoints): Search;
  /** Adds the outline to a path on a canvas. */
  trace(path: CanvasPath): void;
}

/** The point under the pointer, and its position in the window. */
export interface PickedPoint {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  /** Its depth in clip coordinates. */
  readonly w: number;
}

/** Current positions of the points. */
export interface AreaPoints {
  readonly columns: Columns;
  readonly count: number;
  /** Data units per px at clip w 1. */
  readonly unitsPerPx: number;
  readonly projector: ScreenProjection;
}
