/** Finds the points near a pixel: a grid over the window, built once per still view, on the first hover. */

import { BLOCK_ROWS, type ScreenProjection } from "./screen_projection";

const CELL_PX = 16;
/** Number of no cell, for points outside of the window: cells are numbered in 16 bits. */
const OUTSIDE = 0xffff;

export class ScreenIndex {
  readonly #columns: number;
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;
  readonly #cell: number;

  constructor(
    private readonly projector: ScreenProjection,
    count: number,
  ) {
    this.#cell = chooseCell(projector.width, projector.height);
    this.#columns = Math.ceil(projector.width / this.#cell) + 1;
    const lines = Math.ceil(projector.height / this.#cell) + 1;
    this.#starts = new Uint32Array(this.#columns * lines + 1);
    this.#rows = this.#fill(this.#locate(count));
  }

  /** Cell of each row; `starts` counts the rows per cell, shifted by one. */
  #locate(count: number): Uint16Array {
    const { projector } = this;
    const [starts, cell, columns] = [this.#starts, this.#cell, this.#columns] as const;
    const cells = new Uint16Array(count);
    const [xs, ys] = [new Float32Array(BLOCK_ROWS), new Float32Array(BLOCK_ROWS)];
    for (let first = 0; first < count; first += BLOCK_ROWS) {
      const end = Math.min(count, first + BLOCK_ROWS);
      projector.projectBlock(first, end, xs, ys);
      for (let row = first; row < end; row++) {
        const x = xs[row - first]!;
        const isSeen = x >= 0; // False for NaN.
        const at = isSeen ? Math.floor(ys[row - first]! / cell) * columns + Math.floor(x / cell) : OUTSIDE;
        cells[row] = at;
        if (isSeen) starts[at + 1]!++;
      }
    }
    return cells;
  }

  /** A counting sort of the rows by cell. */
  #fill(cells: Uint16Array): Uint32Array {
    const starts = this.#starts;
    for (let i = 1; i < starts.length; i++) starts[i] = starts[i] + starts[i - 1];
    const next = starts.slice();
    const rows = new Uint32Array(starts[starts.length - 1]);
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row];
      if (cell === OUTSIDE) continue;
      const index = next[cell];
      rows[index] = row;
      next[cell] = index + 1;
    }
    return rows;
  }

  /**
   * The row under a pointer at (`x`, `y`), or null. A disc under the pointer wins over one that is only near; among
   * those the frontmost wins, otherwise the nearest within `reachPx`. `rank` is the drawing order, higher on top;
   * `radiusOf` returns each disc's radius in px, and the largest.
   */
  pick(
    x: number,
    y: number,
    reachPx: number,
    radiusOf: { readonly max: number; of(row: number): number },
    rank: (row: number) => number,
  ): number | null {
    let best: number | null = null;
    let bestRank = -Infinity;
    let bestScore = Infinity;
    this.#visit(x, y, Math.max(reachPx, radiusOf.max), (row, distance, w) => {
      const covers = distance <= radiusOf.of(row);
      if (!covers && distance > reachPx) return;
      const drawRank = covers ? 1 + rank(row) : 0;
      const score = covers ? w : distance;
      // Among equals, the row drawn last is on top.
      if (drawRank < bestRank || (drawRank === bestRank && score > bestScore)) return;
      [best, bestRank, bestScore] = [row, drawRank, score];
    });
    return best;
  }

  /** Calls `see` for the rows within `reach` px, in ascending order within a cell. */
  #visit(x: number, y: number, reach: number, see: (row: number, distance: number, w: number) => void): void {
    const last = this.#columns - 1;
    const lines = (this.#starts.length - 1) / this.#columns;
    const left = Math.max(0, Math.floor((x - reach) / this.#cell));
    const right = Math.min(last, Math.floor((x + reach) / this.#cell));
    const top = Math.max(0, Math.floor((y - reach) / this.#cell));
    const bottom = Math.min(lines - 1, Math.floor((y + reach) / this.#cell));
    for (let line = top; line <= bottom; line++) {
      const from = this.#starts[line * this.#columns + left];
      const to = this.#starts[line * this.#columns + right + 1];
      for (let i = from; i < to; i++) {
        const row = this.#rows[i];
        const at = this.projector.project(row);
        const square = (at.x - x) ** 2 + (at.y - y) ** 2;
        if (square <= reach ** 2) see(row, Math.sqrt(square), at.w);
      }
    }
  }
}

/** 16 px, or more for a very large window, whose cells would not fit in 16 bits. */
function chooseCell(width: number, height: number): number {
  let cell = CELL_PX;
  while ((Math.ceil(width / cell) + 1) * (Math.ceil(height / cell) + 1) >= OUTSIDE) cell *= 2;
  return cell;
}
