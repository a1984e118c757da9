/** What a tool of the picture is: it begins an area where the pointer is pressed, and the area follows the pointer. */

import type { Search } from "../../math/areas";
import type { Columns } from "../../math/bounds";
import type { Projector } from "../../math/projector";

export interface Tool {
  /** The area of a drag from here; null: there is none to begin, and the drag moves the picture. */
  begin(x: number, y: number, pick: () => PickedPoint | null): Area | null;
}

/** Positions are CSS px from the left top of the picture. */
export interface Area {
  /** Where the pointer is. */
  readonly at: { readonly x: number; readonly y: number };
  goTo(x: number, y: number): void;
  /** For the rows that lie in the area as it is now. */
  search(points: AreaPoints): Search;
  /** Adds the outline to a path on a canvas. */
  trace(path: CanvasPath): void;
}

/** The point under the pointer, and where it is seen. */
export interface PickedPoint {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  /** Its depth, as clip coordinates have it. */
  readonly w: number;
}

/** Where the points are now. */
export interface AreaPoints {
  readonly columns: Columns;
  readonly count: number;
  /** Of the data, at clip w 1. */
  readonly unitsPerPx: number;
  readonly projector: Projector;
}
