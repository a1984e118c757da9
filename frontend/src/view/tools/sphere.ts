/**
 * A sphere around the pressed point, in data space; its radius is the distance to the pointer. It extends beyond the
 * window.
 */

import { type Search, searchInBlocks } from "../../math/areas";
import type { Columns } from "../../math/bounds";
import type { Area, AreaPoints, PickedPoint, Tool } from "./tool";

export const sphereTool: Tool = {
  begin: (x, y, pick) => {
    const center = pick();
    return center === null ? null : new SphereArea(center, x, y);
  },
};

class SphereArea implements Area {
  at: { readonly x: number; readonly y: number };

  constructor(
    private readonly center: PickedPoint,
    x: number,
    y: number,
  ) {
    this.at = { x, y };
  }

  goTo(x: number, y: number): void {
    this.at = { x, y };
  }

  search({ columns, count, unitsPerPx }: AreaPoints): Search {
    return searchSphere(columns, count, this.center.row, this.#radiusPx * unitsPerPx * this.center.w);
  }

  trace(path: CanvasPath): void {
    path.arc(this.center.x, this.center.y, this.#radiusPx, 0, 2 * Math.PI);
  }

  get #radiusPx(): number {
    return Math.hypot(this.at.x - this.center.x, this.at.y - this.center.y);
  }
}

/** The rows around a row; `radius` in the units of the columns. */
function searchSphere({ x, y, z }: Columns, count: number, row: number, radius: number): Search {
  const [cx, cy, cz] = [x[row]!, y[row]!, z === null ? 0 : z[row]!];
  const max = radius * radius;
  return searchInBlocks(count, (first, end, found, next) => {
    let free = next;
    for (let at = first; at < end; at++) {
      const a = x[at]! - cx;
      const b = y[at]! - cy;
      const c = z === null ? 0 : z[at]! - cz;
      if (a * a + b * b + c * c <= max) found[free++] = at; // False for NaN.
    }
    return free;
  });
}
