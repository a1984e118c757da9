/**
 * UMAP in WebAssembly (McInnes, Healy and Melville 2018): lays out a neighbor graph, epoch by epoch. Given the same
 * graph, it uses the same weights, schedule, forces and learning rate as umap-learn.
 *
 * umap-learn's n_neighbors counts the row itself: its 15 is a graph of k = 14 here.
 */
import { Random } from "../math/random";
import { CompactGraph } from "./compact_graph";
import type { Graph, SyncLayout } from "./layout";
import { LayoutError } from "./layout_error";
import { fitCurve } from "./umap_curve";
import { FuzzySet } from "./umap_fuzzy_set";
import type { UmapKernel } from "./umap_kernel";
import { automaticEpochs, completeUmapOptions, type UmapOptions } from "./umap_options";
import { type KernelPositions, shake, writeStart } from "./umap_start";

/** Mean displacement of a perturbed row, as a fraction of the layout's extent. */
const PERTURB_FRACTION = 0.05;

/**
 * A layout of `graph`, to be prepared, then stepped. `module` is umap.wasm, or umap_scalar.wasm where SIMD is missing.
 * The same input and seed give the same layout, with either module.
 *
 * Raises LayoutError for invalid options, labels or graphs, and when the browser grants too little memory (16 bytes per
 * neighbor and 32 per row). Rows without neighbors get NaN coordinates and exert no repulsion.
 */
export function createUmap(module: WebAssembly.Module, graph: Graph, options: UmapOptions): SyncLayout {
  const complete = completeUmapOptions(graph, options);
  const kernel = new WebAssembly.Instance(module).exports as unknown as UmapKernel;
  return new Umap(kernel, new CompactGraph(graph), complete);
}

class Umap implements SyncLayout {
  readonly count: number;
  readonly dimensions: 2 | 3;
  /** null after dispose(). */
  #instance: UmapKernel | null;
  /** Released once copied into the kernel. */
  #graph: CompactGraph | null;
  #connectedRows: Int32Array = new Int32Array(0);
  readonly #options: Required<UmapOptions>;
  readonly #random: Random;
  readonly #planar: Float32Array;
  #epochs = 0;
  #epoch = 0;

  constructor(kernel: UmapKernel, graph: CompactGraph, options: Required<UmapOptions>) {
    this.count = graph.graph.rows;
    this.dimensions = options.dimensions;
    this.#instance = kernel;
    this.#graph = graph;
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#planar = new Float32Array(this.count * this.dimensions).fill(Number.NaN);
  }

  *prepare(): Generator<number> {
    if (this.#graph === null) return;
    const { labels, supervision } = this.#options;
    const set = new FuzzySet(this.#kernel, this.#graph, this.dimensions);
    yield* share(set.connect(), 0, 0.9);
    if (labels && supervision > 0) yield* share(set.supervise(labels, supervision), 0.9, 0.95);
    this.#connectedRows = this.#graph.connectedRows;
    this.#graph = null;
    this.#epochs = this.#options.epochs ?? automaticEpochs(this.#connectedRows.length);
    yield* share(set.schedule(this.#epochs), 0.95, 1);
    this.#start();
  }

  step(): { iteration: number; isOver: boolean } {
    if (this.#epoch < this.#epochs) {
      const rate = 1 - this.#epoch / this.#epochs;
      this.#kernel.runEpoch(++this.#epoch, rate, this.#options.negativeSampleRate, 0, this.#connectedRows.length);
    }
    return { iteration: this.#epoch, isOver: this.#epoch >= this.#epochs };
  }

  positions(): Float32Array {
    const { positions, stride, connectedRows } = this.#kernelPositions();
    for (let dimension = 0; dimension < this.dimensions; ++dimension) {
      const plane = this.#planar.subarray(dimension * this.count, (dimension + 1) * this.count);
      for (let index = 0; index < connectedRows.length; ++index)
        plane[connectedRows[index]!] = positions[stride * index + dimension]!;
    }
    return this.#planar;
  }

  klDivergence(): null {
    return null;
  }

  /** Displaces all rows at random; the remaining epochs settle them again. */
  perturb(): void {
    shake(this.#kernelPositions(), PERTURB_FRACTION, this.#random);
  }

  dispose(): void {
    this.#instance = null;
    this.#graph = null;
  }

  get #kernel(): UmapKernel {
    if (this.#instance === null) throw new LayoutError("The layout was disposed of", "Make another.");
    return this.#instance;
  }

  #kernelPositions(): KernelPositions {
    const connectedRows = this.#connectedRows;
    const stride = this.dimensions === 2 ? 2 : 4; // 3 is padded to 4, so that one SIMD vector holds a position.
    const positions = new Float32Array(
      this.#kernel.memory.buffer,
      this.#kernel.addressOfPositions(),
      stride * connectedRows.length,
    );
    return { positions, stride, connectedRows, dimensions: this.dimensions };
  }

  #start(): void {
    const { minDist, spread, repulsion, seed, initial } = this.#options;
    const { a, b } = fitCurve(minDist, spread);
    this.#kernel.setCurve(a, b, repulsion);
    this.#kernel.seedStreams(seed);
    writeStart(this.#kernelPositions(), initial, this.#random);
  }
}

/** Scales the progress of a part to the range `from` to `to` of the whole. */
function* share(part: Generator<number>, from: number, to: number): Generator<number> {
  for (const done of part) yield from + (to - from) * done;
}
