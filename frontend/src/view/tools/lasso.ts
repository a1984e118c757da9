/** A lasso: the path of the pointer, closed by a straight line. */

import { type Search, searchLasso } from "../../math/areas";
import { Lasso } from "../../math/lasso";
import type { Area, AreaPoints, Tool } from "./tool";

/** Minimum distance between corners; hand-drawn lines are no finer. */
const STEP_PX = 2;

export const lassoTool: Tool = { begin: (x, y) => new LassoArea(x, y) };

class LassoArea implements Area {
  at: { readonly x: number; readonly y: number };
  readonly #xs: number[];
  readonly #ys: number[];

  constructor(x: number, y: number) {
    this.at = { x, y };
    [this.#xs, this.#ys] = [[x], [y]];
  }

  goTo(x: number, y: number): void {
    this.at = { x, y };
    const last = this.#xs.length - 1;
    if (Math.hypot(x - this.#xs[last]!, y - this.#ys[last]!) < STEP_PX) return;
    this.#xs.push(x);
    this.#ys.push(y);
  }

  search({ projector, count }: AreaPoints): Search {
    return searchLasso(projector, count, new Lasso(this.#xs.slice(), this.#ys.slice()));
  }

  trace(path: CanvasPath): void {
    for (const [corner, x] of this.#xs.entries()) path.lineTo(x, this.#ys[corner]!);
  }
}
