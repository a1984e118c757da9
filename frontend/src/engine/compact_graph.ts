/** Prepares a neighbor graph for a kernel, in slices: validates it and drops rows that have no neighbors. */
import type { Graph } from "./layout";
import { LayoutError } from "./layout_error";

export class CompactGraph {
  /** Rows that are neighbors or have some, in ascending order until they are arranged. */
  connectedRows: Int32Array = new Int32Array(0);
  /** Mean neighbor distance, with the row itself counted as one neighbor at distance zero. */
  meanDistance = 0;
  /** Dot products have no zero, so their distances are measured from each row's nearest neighbor. */
  readonly isShifted: boolean;
  readonly graph: Graph;
  /** Index of each row among the connected rows; null while every row is connected, at its own index. */
  #indices: Int32Array | null = null;
  readonly #isConnected: Uint8Array;
  /** The connected rows as arranged so far; empty: they are not being arranged. */
  #arranged = new Int32Array(0);
  #arrangedCount = 0;
  /** Index of the first connected row that may not be arranged yet. */
  #rest = 0;
  #sum = 0;
  #sumFromNearest = 0;

  constructor(graph: Graph) {
    const { rows, k, neighbors, distances } = graph;
    if (!Number.isInteger(rows) || rows < 0 || !Number.isInteger(k) || k < 0) {
      throw new LayoutError(
        `graph: received ${rows} rows × ${k} neighbors, expected two counts`,
        "Ask for the graph again.",
      );
    }
    if (neighbors.length !== rows * k || distances.length !== rows * k) {
      throw new LayoutError(
        `graph: received ${neighbors.length} neighbors and ${distances.length} distances, expected ${rows * k} (${rows} × ${k}) of each`,
        "Ask for the graph again.",
      );
    }
    this.graph = graph;
    this.isShifted = graph.metric === "dot";
    this.#isConnected = new Uint8Array(rows);
  }

  /** Reads `count` rows starting at `first`: which rows have neighbors, and their distances. */
  survey(first: number, count: number): void {
    for (let row = first; row < first + count; ++row) this.#surveyRow(row);
  }

  #surveyRow(row: number): void {
    const { k, rows, neighbors, distances } = this.graph;
    let nearest = Number.POSITIVE_INFINITY;
    let sum = 0;
    let found = 0;
    for (let at = row * k; at < (row + 1) * k; ++at) {
      const neighbor = neighbors[at]!;
      const distance = distances[at]!;
      if (neighbor < 0) continue;
      if (neighbor >= rows) throw outOfRange(row, neighbor, rows);
      if (!Number.isFinite(distance)) throw notFinite(row, neighbor, distance);
      this.#isConnected[neighbor] = 1;
      nearest = Math.min(nearest, distance);
      sum += distance;
      ++found;
    }
    if (found === 0) return;
    this.#isConnected[row] = 1;
    this.#sum += sum;
    this.#sumFromNearest += sum - found * nearest;
  }

  /** Must be called once all rows have been surveyed. */
  endSurvey(): void {
    this.#compact();
    const sum = this.isShifted ? this.#sumFromNearest : this.#sum;
    this.meanDistance = Math.max(0, sum) / Math.max(1, this.connectedRows.length * (this.graph.k + 1));
  }

  /**
   * Arranges the connected rows breadth-first (Cuthill and McKee 1969), so that neighbors lie close in memory: forces
   * between them then take half the time. `count` places starting at `first` are visited; `endArranging` comes last.
   */
  arrange(first: number, count: number): void {
    if (first === 0) this.#arranged = new Int32Array(this.connectedRows.length);
    const { k, neighbors } = this.graph;
    for (let place = first; place < first + count; ++place) {
      if (place === this.#arrangedCount) this.#append(this.#nextComponent());
      const from = this.#arranged[place]! * k;
      for (let at = from; at < from + k; ++at) this.#append(neighbors[at]!);
    }
  }

  /** Must be called once all places have been visited; returns the index of each row, -1 if it is not connected. */
  endArranging(): Int32Array {
    this.connectedRows = this.#arranged;
    this.#indices = this.#indexRows();
    return this.#indices;
  }

  #append(row: number): void {
    if (row < 0 || !this.#isConnected[row]) return;
    this.#isConnected[row] = 0; // It has its place.
    this.#arranged[this.#arrangedCount++] = row;
  }

  /** A row that no arranged one leads to. */
  #nextComponent(): number {
    while (!this.#isConnected[this.connectedRows[this.#rest]!]) this.#rest++;
    return this.connectedRows[this.#rest]!;
  }

  #compact(): void {
    const { rows } = this.graph;
    const connected = new Int32Array(rows);
    let count = 0;
    for (let row = 0; row < rows; ++row) if (this.#isConnected[row]) connected[count++] = row;
    this.connectedRows = count === rows ? connected : connected.slice(0, count);
    this.#indices = count === rows ? null : this.#indexRows();
  }

  #indexRows(): Int32Array {
    const indices = new Int32Array(this.graph.rows).fill(-1);
    for (let index = 0; index < this.connectedRows.length; ++index) indices[this.connectedRows[index]!] = index;
    return indices;
  }

  /** Writes `count` connected rows from `first` on: neighbors as indices among them, distances starting at zero. */
  stage(first: number, count: number, neighbors: Int32Array, distances: Float32Array): void {
    const { k } = this.graph;
    for (let i = 0; i < count; ++i) {
      const from = this.connectedRows[first + i]! * k;
      neighbors.set(this.graph.neighbors.subarray(from, from + k), i * k);
      distances.set(this.graph.distances.subarray(from, from + k), i * k);
    }
    if (this.#indices) replaceByIndex(neighbors, count * k, this.#indices);
    if (this.isShifted) countFromNearest(neighbors, distances, count, k);
    else
      distances.forEach((distance, at) => {
        if (distance < 0) distances[at] = 0;
      }); // Duplicates can be negative through rounding.
  }
}

function replaceByIndex(neighbors: Int32Array, count: number, indices: Int32Array): void {
  for (let at = 0; at < count; ++at) if (neighbors[at]! >= 0) neighbors[at] = indices[neighbors[at]!]!;
}

function countFromNearest(neighbors: Int32Array, distances: Float32Array, count: number, k: number): void {
  for (let row = 0; row < count; ++row) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let at = row * k; at < (row + 1) * k; ++at)
      if (neighbors[at]! >= 0) nearest = Math.min(nearest, distances[at]!);
    for (let at = row * k; at < (row + 1) * k; ++at) distances[at] = distances[at]! - nearest;
  }
}

function outOfRange(row: number, neighbor: number, rows: number): LayoutError {
  return new LayoutError(
    `graph: received neighbor ${neighbor} of row ${row}, expected one of ${rows} rows or -1`,
    "Ask for the graph of this very set of rows.",
  );
}

function notFinite(row: number, neighbor: number, distance: number): LayoutError {
  return new LayoutError(
    `graph: received the distance ${distance} from row ${row} to ${neighbor}, expected a finite number`,
    "Leave rows that are not finite out of the graph (their neighbors are -1).",
  );
}
