/** An area that is being drawn in the picture: from a press on, along the pointer, to the search for the rows that lie in it. */

import { boxBetween, type Search, searchBox, searchLasso, searchSphere } from "../math/areas";
import type { Columns } from "../math/bounds";
import { Lasso } from "../math/lasso";
import type { Projector } from "../math/projector";

export type AreaKind = "box" | "lasso" | "sphere";

/** Closer corners of a lasso nobody can draw. */
const STEP_PX = 2;

export class Area {
  private readonly xs: number[];
  private readonly ys: number[];
  private x: number;
  private y: number;

  /** `center` is the row that a sphere is around, and where it is seen. */
  constructor(
    readonly kind: AreaKind,
    x: number,
    y: number,
    private readonly center: {
      readonly row: number;
      readonly x: number;
      readonly y: number;
      readonly w: number;
    } | null,
  ) {
    [this.xs, this.ys] = [[x], [y]];
    [this.x, this.y] = [x, y];
  }

  goTo(x: number, y: number): void {
    [this.x, this.y] = [x, y];
    if (this.kind !== "lasso") return;
    const last = this.xs.length - 1;
    if (Math.hypot(x - this.xs[last]!, y - this.ys[last]!) < STEP_PX) return;
    this.xs.push(x);
    this.ys.push(y);
  }

  /** Where the pointer is. */
  get at(): { readonly x: number; readonly y: number } {
    return { x: this.x, y: this.y };
  }

  get radiusPx(): number {
    return this.center === null ? 0 : Math.hypot(this.x - this.center.x, this.y - this.center.y);
  }

  /** `unitsPerPx`: of the data, at clip w 1. */
  search(projector: Projector, columns: Columns, count: number, unitsPerPx: number): Search {
    const { center, kind, xs, ys } = this;
    if (kind === "sphere") {
      const radius = center === null ? Number.NaN : this.radiusPx * unitsPerPx * center.w;
      return searchSphere(columns, count, center?.row ?? 0, radius);
    }
    if (kind === "box") return searchBox(projector, count, boxBetween(xs[0]!, ys[0]!, this.x, this.y));
    return searchLasso(projector, count, new Lasso(xs.slice(), ys.slice()));
  }

  /** The outline, as a path on a canvas. */
  trace(path: CanvasPath): void {
    const { center, kind, xs, ys } = this;
    if (kind === "sphere" && center !== null) path.arc(center.x, center.y, this.radiusPx, 0, 2 * Math.PI);
    else if (kind === "box") path.rect(xs[0]!, ys[0]!, this.x - xs[0]!, this.y - ys[0]!);
    else for (let at = 0; at < xs.length; at++) path.lineTo(xs[at]!, ys[at]!);
  }
}
