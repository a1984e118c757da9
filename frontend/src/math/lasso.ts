/**
 * Tests whether points lie inside a closed freehand line (nonzero rule: where it overlaps itself is inside as well).
 *
 * The window is divided into cells. A cell that no edge touches is inside or outside as a whole, so a lookup suffices;
 * in the others the winding number is computed, over the edges that reach into the cell's line only.
 */

const CELL_PX = 8;
const [OUTSIDE, INSIDE, RIM] = [0, 1, 2];

export class Lasso {
  readonly #left: number;
  readonly #top: number;
  readonly #columns: number;
  readonly #lines: number;
  readonly #cells: Uint8Array;
  /** Edges (by their first corner) that reach into each row of cells. */
  readonly #edges: readonly number[][];

  /** `xs` and `ys`: the corners; the last is joined to the first. */
  constructor(
    private readonly xs: ArrayLike<number>,
    private readonly ys: ArrayLike<number>,
  ) {
    const [x0, x1] = extent(xs);
    const [y0, y1] = extent(ys);
    [this.#left, this.#top] = [x0, y0];
    this.#columns = Math.floor((x1 - x0) / CELL_PX) + 1;
    this.#lines = Math.floor((y1 - y0) / CELL_PX) + 1;
    this.#cells = new Uint8Array(this.#columns * this.#lines);
    this.#edges = Array.from({ length: this.#lines }, () => []);
    for (let corner = 0; corner < xs.length; corner++) this.#mark(corner);
    this.#fill();
  }

  holds(x: number, y: number): boolean {
    const column = Math.floor((x - this.#left) / CELL_PX);
    const line = Math.floor((y - this.#top) / CELL_PX);
    // Comparisons with NaN are false.
    if (!(column >= 0 && line >= 0 && column < this.#columns && line < this.#lines)) return false;
    const cell = this.#cells[line * this.#columns + column];
    return cell === RIM ? this.#windsAround(x, y, this.#edges[line]!) : cell === INSIDE;
  }

  /** Adds an edge to the lines that it reaches into, and marks the cells around it as rim. */
  #mark(corner: number): void {
    const { xs, ys } = this;
    const next = (corner + 1) % xs.length;
    const [x0, y0, x1, y1] = [xs[corner]!, ys[corner]!, xs[next]!, ys[next]!];
    const lines = this.#reach(Math.min(y0, y1) - this.#top, Math.max(y0, y1) - this.#top, this.#lines);
    for (let line = lines[0]; line <= lines[1]; line++) {
      this.#edges[line]!.push(corner);
      // The part of the edge in this line, slightly extended at both ends.
      const [top, bottom] = [this.#top + line * CELL_PX - 0.01, this.#top + (line + 1) * CELL_PX + 0.01];
      const from = y0 === y1 ? 0 : clamp01((top - y0) / (y1 - y0));
      const to = y0 === y1 ? 1 : clamp01((bottom - y0) / (y1 - y0));
      const [xa, xb] = [x0 + (x1 - x0) * from, x0 + (x1 - x0) * to];
      const columns = this.#reach(
        Math.min(xa, xb) - this.#left - 0.01,
        Math.max(xa, xb) - this.#left + 0.01,
        this.#columns,
      );
      this.#cells.fill(RIM, line * this.#columns + columns[0], line * this.#columns + columns[1] + 1);
    }
  }

  #reach(from: number, to: number, count: number): [number, number] {
    return [Math.max(0, Math.floor(from / CELL_PX)), Math.min(count - 1, Math.floor(to / CELL_PX))];
  }

  #fill(): void {
    for (let line = 0; line < this.#lines; line++) {
      for (let column = 0; column < this.#columns; column++) {
        const at = line * this.#columns + column;
        if (this.#cells[at] === RIM) continue;
        const [x, y] = [this.#left + (column + 0.5) * CELL_PX, this.#top + (line + 0.5) * CELL_PX];
        this.#cells[at] = this.#windsAround(x, y, this.#edges[line]!) ? INSIDE : OUTSIDE;
      }
    }
  }

  /** Winding number at the point, from the edges that cross the ray to the right. */
  #windsAround(x: number, y: number, edges: readonly number[]): boolean {
    const { xs, ys } = this;
    let winds = 0;
    for (const corner of edges) {
      const next = (corner + 1) % xs.length;
      const [y0, y1] = [ys[corner]!, ys[next]!];
      if (y0 <= y === y1 <= y) continue;
      const crossing = xs[corner]! + ((y - y0) / (y1 - y0)) * (xs[next]! - xs[corner]!);
      if (crossing > x) winds += y1 > y0 ? 1 : -1;
    }
    return winds !== 0;
  }
}

function extent(values: ArrayLike<number>): [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (let at = 0; at < values.length; at++) {
    min = Math.min(min, values[at]!);
    max = Math.max(max, values[at]!);
  }
  return [min, max];
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
