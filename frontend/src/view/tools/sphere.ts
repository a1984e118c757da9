/** A sphere around the pressed point, in data space; its radius is the distance to the pointer. */

import { type Search, searchSphere } from "../../math/areas";
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
