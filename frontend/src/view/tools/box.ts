/** A box from the press to the pointer. */

import { boxBetween, type Search, searchBox } from "../../math/areas";
import type { Area, AreaPoints, Tool } from "./tool";

export const boxTool: Tool = { begin: (x, y) => new BoxArea(x, y) };

class BoxArea implements Area {
  at: { readonly x: number; readonly y: number };
  readonly #start: { readonly x: number; readonly y: number };

  constructor(x: number, y: number) {
    this.#start = { x, y };
    this.at = this.#start;
  }

  goTo(x: number, y: number): void {
    this.at = { x, y };
  }

  search({ projector, count }: AreaPoints): Search {
    return searchBox(projector, count, boxBetween(this.#start.x, this.#start.y, this.at.x, this.at.y));
  }

  trace(path: CanvasPath): void {
    const { x, y } = this.#start;
    path.rect(x, y, this.at.x - x, this.at.y - y);
  }
}
