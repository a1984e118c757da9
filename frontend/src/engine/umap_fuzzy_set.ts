/** UMAP's fuzzy simplicial set of a neighbor graph: edges and weights, computed in the kernel's memory, in slices. */

import type { CompactGraph } from "./compact_graph";
import { LayoutError } from "./layout_error";
import type { UmapKernel } from "./umap_kernel";
import { automaticEpochs } from "./umap_options";

/** Neighbors processed per slice: about 50 ms in the slowest of the passes. */
const NEIGHBORS_PER_SLICE = 1 << 16;
/** Maximum number of epochs for which edges are pruned as for the automatic number of epochs, as in umap-learn. */
const MAX_SHORT_EPOCHS = 10;
/** Distance between different labels (umap-learn's target_weight): at supervision 0, and one that no edge survives. */
const LABEL_DISTANCE = { min: 2.5, max: 1e12 };

/** Each method is a generator that yields the fraction of its work done, 0 to 1. */
export class FuzzySet {
  readonly #kernel: UmapKernel;
  readonly #graph: CompactGraph;
  readonly #dimensions: 2 | 3;
  readonly #rowsPerSlice: number;
  #largest = 0;

  constructor(kernel: UmapKernel, graph: CompactGraph, dimensions: 2 | 3) {
    this.#kernel = kernel;
    this.#graph = graph;
    this.#dimensions = dimensions;
    this.#rowsPerSlice = Math.max(1, Math.floor(NEIGHBORS_PER_SLICE / Math.max(1, graph.graph.k)));
  }

  /** Computes the weights of all edges, combined from both ends. */
  *connect(): Generator<number> {
    const graph = this.#graph;
    const kernel = this.#kernel;
    yield* this.#slices(graph.graph.rows, [0, 0.1], (first, count) => graph.survey(first, count));
    graph.endSurvey();
    this.#reserve();
    yield* this.#slices(graph.connectedRows.length, [0.1, 0.7], (first, count) => {
      this.#stage(first, count);
      kernel.countEdges(first, count);
      kernel.smoothRows(first, count, graph.meanDistance, graph.isShifted);
    });
    kernel.beginFilling();
    yield* this.#slices(graph.connectedRows.length, [0.7, 0.9], (first, count) => {
      this.#stage(first, count);
      kernel.fillEdges(first, count);
    });
    kernel.beginMerging();
    yield* this.#slices(graph.connectedRows.length, [0.9, 1], (first, count) =>
      this.#note(kernel.mergeEdges(first, count)),
    );
  }

  /** Weakens edges between different `labels` (one per graph row; -1: unknown), more so as `supervision` nears 1. */
  *supervise(labels: Int32Array, supervision: number): Generator<number> {
    const kernel = this.#kernel;
    const { connectedRows } = this.#graph;
    const inKernel = new Int32Array(kernel.memory.buffer, kernel.addressOfLabels(), connectedRows.length);
    for (let index = 0; index < connectedRows.length; ++index) inKernel[index] = labels[connectedRows[index]!]!;
    const distance = supervision < 1 ? LABEL_DISTANCE.min / (1 - supervision) : LABEL_DISTANCE.max;
    yield* this.#slices(connectedRows.length, [0, 0.5], (first, count) => kernel.weakenEdges(first, count, distance));
    this.#largest = 0;
    yield* this.#slices(connectedRows.length, [0.5, 1], (first, count) =>
      this.#note(kernel.reconnectRows(first, count)),
    );
  }

  /** Converts each weight to the rate at which the edge is due; drops edges that would not be due within `epochs`. */
  *schedule(epochs: number): Generator<number> {
    const rows = this.#graph.connectedRows.length;
    const threshold = this.#largest / (epochs > MAX_SHORT_EPOCHS ? epochs : automaticEpochs(rows));
    this.#kernel.beginScheduling();
    yield* this.#slices(rows, [0, 1], (first, count) =>
      this.#kernel.scheduleEdges(first, count, threshold, this.#largest),
    );
  }

  #note(largest: number): void {
    this.#largest = Math.max(this.#largest, largest);
  }

  #reserve(): void {
    const { connectedRows, graph } = this.#graph;
    if (this.#kernel.reserve(connectedRows.length, graph.k, this.#dimensions, this.#rowsPerSlice)) return;
    const megabytes = Math.ceil((connectedRows.length * (16 * graph.k + 32)) / 1e6).toLocaleString("en");
    throw new LayoutError(
      `UMAP of ${connectedRows.length.toLocaleString("en")} points × ${graph.k} neighbors needs ${megabytes} MB, more than this browser grants`,
      "Choose fewer neighbors, or a subset of the points.",
    );
  }

  #stage(first: number, count: number): void {
    const { memory } = this.#kernel;
    const items = count * this.#graph.graph.k;
    const neighbors = new Int32Array(memory.buffer, this.#kernel.addressOfNeighbors(), items);
    const distances = new Float32Array(memory.buffer, this.#kernel.addressOfDistances(), items);
    this.#graph.stage(first, count, neighbors, distances);
  }

  /** Works through `rows` one slice at a time, and yields the progress scaled from one fraction to another. */
  *#slices(
    rows: number,
    [from, to]: readonly [number, number],
    work: (first: number, count: number) => void,
  ): Generator<number> {
    for (let first = 0; first < rows; first += this.#rowsPerSlice) {
      const count = Math.min(this.#rowsPerSlice, rows - first);
      work(first, count);
      yield from + ((to - from) * (first + count)) / rows;
    }
  }
}
