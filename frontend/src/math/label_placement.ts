/** Places boxes without overlap, the most important first; boxes that do not fit are dropped. */

export interface LabelBox {
  /** Top left corner, in px. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CELL_PX = 64;

export class LabelPlacement {
  readonly #cells = new Map<number, LabelBox[]>();

  /** Places the box and returns true if it overlaps none placed before. */
  place(box: LabelBox): boolean {
    const cells = [...this.#cellsOf(box)];
    if (cells.some((cell) => this.#cells.get(cell)?.some((other) => overlaps(box, other)))) return false;
    this.take(box);
    return true;
  }

  /** Places a box that is there in any case. */
  take(box: LabelBox): void {
    for (const cell of this.#cellsOf(box)) {
      const boxes = this.#cells.get(cell);
      if (boxes) boxes.push(box);
      else this.#cells.set(cell, [box]);
    }
  }

  /** Whether a placed box covers the point. */
  isTaken(x: number, y: number): boolean {
    const boxes = this.#cells.get(Math.floor(y / CELL_PX) * 65_536 + Math.floor(x / CELL_PX));
    return boxes?.some((box) => overlaps(box, { x, y, width: 0, height: 0 })) ?? false;
  }

  *#cellsOf(box: LabelBox): Generator<number> {
    const right = Math.floor((box.x + box.width) / CELL_PX);
    const bottom = Math.floor((box.y + box.height) / CELL_PX);
    for (let line = Math.floor(box.y / CELL_PX); line <= bottom; line++) {
      for (let column = Math.floor(box.x / CELL_PX); column <= right; column++) yield line * 65_536 + column;
    }
  }
}

export function overlaps(a: LabelBox, b: LabelBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
