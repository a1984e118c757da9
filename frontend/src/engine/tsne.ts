/**
 * t-SNE in WebAssembly (van der Maaten and Hinton 2008): lays out a neighbor graph, iteration by iteration, until the
 * caller stops. Repulsion is computed on a mesh in 2-D and with a tree in 3-D; defaults are openTSNE's.
 *
 * As in openTSNE, distances are squared in the Gaussian for every metric; dot products are measured from the row's
 * nearest neighbor.
 */
import { Random } from "../math/random";
import { CompactGraph } from "./compact_graph";
import type { Graph, Layout, Step } from "./layout";
import { LayoutError } from "./layout_error";
import type { Repeller, Repulsion } from "./repeller";
import { Settling } from "./settling";
import type { TsneKernel } from "./tsne_kernel";
import { checkRates, checkTsneOptions, type TsneOptions } from "./tsne_options";

export interface TsneLayout extends Layout {
  continueFrom(positions: Float32Array, iteration: number): void;
  /** The effective perplexity: at most a third of the graph's k; a wider Gaussian would be cut off (as in openTSNE). */
  readonly perplexity: number;
  /** Raises LayoutError for values that createTsne would reject. */
  setRates(learningRate: number | null, exaggeration: number, supervision: number): void;
}

/** One whose work is done when its calls return. */
export interface SyncTsneLayout extends TsneLayout {
  step(): Step;
  klDivergence(): number | null;
}

const MOMENTUM = 0.8;
/** Initial deviation of the first axis: far below 1, so that the start gives an arrangement but not yet a shape. */
const START_DEVIATION = 1e-4;
/** Noise that separates rows at identical coordinates, which no force can; a fraction of the start's deviation. */
const START_NOISE = 1e-3;
/** Mean displacement of a perturbed row, as a fraction of the layout's deviation. */
const PERTURB_FRACTION = 0.2;
/** Numbers processed per slice of preparation: about 50 ms. */
const SLICE = 1 << 20;

/**
 * A layout of `graph`, to be prepared, then stepped. `module` is tsne.wasm, or tsne_scalar.wasm where SIMD is missing.
 * The same input, seed and module give the same layout.
 *
 * Raises LayoutError for invalid options, labels or graphs, and when the browser grants too little memory (24 bytes per
 * neighbor and 60 per row, before the mesh or tree). With a `repeller`, in 2-D, iterations are promises. Rows without neighbors get NaN coordinates and exert no repulsion.
 */
export function createTsne(module: WebAssembly.Module, graph: Graph, options: TsneOptions): SyncTsneLayout;
export function createTsne(
  module: WebAssembly.Module,
  graph: Graph,
  options: TsneOptions,
  repeller: Repeller | null,
): TsneLayout;
export function createTsne(
  module: WebAssembly.Module,
  graph: Graph,
  options: TsneOptions,
  repeller: Repeller | null = null,
): TsneLayout {
  checkTsneOptions(graph, options);
  return new Tsne(new WebAssembly.Instance(module).exports as unknown as TsneKernel, graph, options, repeller);
}

class Tsne implements TsneLayout {
  readonly count: number;
  readonly dimensions: 2 | 3;
  readonly perplexity: number;
  readonly settling: Settling;
  readonly #stride: number;
  /** null after dispose(). */
  #kernel: TsneKernel | null;
  /** Released once copied into the kernel. */
  #graph: Graph | null;
  #options: TsneOptions;
  readonly #random: Random;
  readonly #planar: Float32Array;
  #connectedRows: Int32Array = new Int32Array(0);
  #iteration = 0;
  /** The kernel has them, and weighs its pairs by them. */
  #hasLabels = false;
  /** Null: repulsions are computed here. */
  #repeller: Repeller | null;
  /** Those at the current positions, once they are asked for. */
  #repulsion: Promise<Repulsion | null> | null = null;

  constructor(kernel: TsneKernel, graph: Graph, options: TsneOptions, repeller: Repeller | null) {
    this.count = graph.rows;
    this.dimensions = options.dimensions;
    this.#stride = options.dimensions === 2 ? 2 : 4;
    this.#kernel = kernel;
    this.#graph = graph;
    this.#options = options;
    this.#repeller = options.dimensions === 2 ? repeller : null;
    this.perplexity = Math.min(options.perplexity, Math.max(1, graph.k / 3));
    this.settling = new Settling(options.exaggerationIterations);
    this.#random = new Random(options.seed);
    this.#planar = new Float32Array(this.count * this.dimensions).fill(Number.NaN);
  }

  *prepare(): Generator<number> {
    if (this.#graph === null) return;
    const graph = new CompactGraph(this.#graph);
    const { k } = this.#graph;
    this.#graph = null;
    yield* share(0, 0.05, slices(this.count, k), (first, count) => graph.survey(first, count));
    graph.endSurvey();
    const rows = graph.connectedRows.length;
    if (rows === 0) return;
    yield* share(0.05, 0.1, slices(rows, 4 * k), (first, count) => graph.arrange(first, count));
    const indices = graph.endArranging();
    this.#connectedRows = graph.connectedRows;
    if (!this.#wasm.reserve(rows, k, this.dimensions)) throw tooLarge(rows, k);
    yield* share(0.1, 0.7, slices(rows, 8 * k), (first, count) => this.#calibrate(graph, k, first, count));
    yield* this.#join(rows, k);
    this.#start(indices);
    yield 1;
  }

  step(): Step | Promise<Step> {
    if (this.#repeller !== null && this.#connectedRows.length > 1) return this.#stepTogether(this.#repeller);
    return this.#stepAlone();
  }

  #stepAlone(): Step {
    const { iterate } = this.#wasm;
    const rows = this.#connectedRows.length;
    if (rows > 1 && iterate(...this.#rates(), MOMENTUM) === 0) throw tooLarge(rows, 0);
    return { iteration: ++this.#iteration, isOver: false };
  }

  async #stepTogether(repeller: Repeller): Promise<Step> {
    const pending = this.#repel(repeller);
    this.#wasm.computeAttractions();
    const repulsion = await pending;
    this.#repulsion = null;
    if (repulsion === null) return this.#stepAlone();
    const { repulsions, normalization } = repulsion;
    if (normalization === 0) throw tooLarge(this.#connectedRows.length, 0);
    const kernel = this.#wasm;
    new Float32Array(kernel.memory.buffer, kernel.addressOfRepulsions(), repulsions.length).set(repulsions);
    const [factor, learningRate] = this.#rates();
    kernel.descendWith(factor, normalization, learningRate, MOMENTUM);
    return { iteration: ++this.#iteration, isOver: false };
  }

  /** Asks once for the repulsions at the current positions. */
  async #repel(repeller: Repeller): Promise<Repulsion | null> {
    this.#repulsion ??= repeller.repel(this.#positions());
    const repulsion = await this.#repulsion;
    if (repulsion === null) this.#repeller = null;
    return repulsion;
  }

  /** The factor of the attractions, and the learning rate. */
  #rates(): [factor: number, learningRate: number] {
    const { exaggeration, exaggerationIterations, learningRate } = this.#options;
    const factor = this.#iteration < exaggerationIterations ? exaggeration : 1;
    return [factor, learningRate ?? this.#connectedRows.length / factor];
  }

  positions(): Float32Array {
    const positions = this.#positions();
    for (let dimension = 0; dimension < this.dimensions; ++dimension) {
      const plane = this.#planar.subarray(dimension * this.count, (dimension + 1) * this.count);
      const { length } = this.#connectedRows;
      for (let index = 0; index < length; ++index) {
        plane[this.#connectedRows[index]!] = positions[index * this.#stride + dimension]!;
      }
    }
    return this.#planar;
  }

  klDivergence(): number | null | Promise<number | null> {
    if (this.#connectedRows.length <= 1) return null;
    if (this.#repeller !== null) return this.#divergeTogether(this.#repeller);
    return orNull(this.#wasm.measureDivergence());
  }

  async #divergeTogether(repeller: Repeller): Promise<number | null> {
    const repulsion = await this.#repel(repeller);
    const kernel = this.#wasm;
    return orNull(repulsion === null ? kernel.measureDivergence() : kernel.divergenceWith(repulsion.normalization));
  }

  perturb(): void {
    this.#repulsion = null;
    const positions = this.#positions();
    const deviation = PERTURB_FRACTION * deviationOf(positions);
    for (let at = 0; at < positions.length; ++at) {
      if (at % this.#stride < this.dimensions) positions[at] = positions[at]! + deviation * this.#random.normal();
    }
  }

  setRates(learningRate: number | null, exaggeration: number, supervision: number): void {
    checkRates(learningRate, exaggeration, supervision);
    const isOther = supervision !== this.#options.supervision;
    this.#options = { ...this.#options, learningRate, exaggeration, supervision };
    if (isOther && this.#hasLabels) this.#wasm.superviseRows(supervision);
  }

  continueFrom(planar: Float32Array, iteration: number): void {
    const positions = this.#positions();
    for (let dimension = 0; dimension < this.dimensions; ++dimension) {
      const plane = planar.subarray(dimension * this.count, (dimension + 1) * this.count);
      for (let index = 0; index < this.#connectedRows.length; ++index) {
        positions[index * this.#stride + dimension] = plane[this.#connectedRows[index]!]!;
      }
    }
    this.#iteration = iteration;
    this.#repulsion = null;
  }

  dispose(): void {
    this.#kernel = null;
    this.#graph = null;
    this.#connectedRows = new Int32Array(0);
    this.#hasLabels = false;
  }

  get #wasm(): TsneKernel {
    if (this.#kernel === null) throw new LayoutError("This layout was disposed of.", "Run it again.");
    return this.#kernel;
  }

  #positions(): Float32Array {
    if (this.#connectedRows.length === 0) return new Float32Array(0);
    const { memory } = this.#wasm;
    return new Float32Array(memory.buffer, this.#wasm.addressOfPositions(), this.#connectedRows.length * this.#stride);
  }

  #calibrate(graph: CompactGraph, k: number, first: number, count: number): void {
    const { buffer } = this.#wasm.memory;
    const neighbors = new Int32Array(buffer, this.#wasm.addressOfNeighbors() + 4 * first * k, count * k);
    const distances = new Float32Array(buffer, this.#wasm.addressOfConditionals() + 4 * first * k, count * k);
    graph.stage(first, count, neighbors, distances);
    this.#wasm.calibrateRows(first, count, this.perplexity);
  }

  *#join(rows: number, k: number): Generator<number> {
    const kernel = this.#wasm;
    yield* share(0.7, 0.74, slices(rows, k), (first, count) => kernel.countIncoming(first, count));
    yield* share(0.74, 0.8, slices(rows, 2 * k), (first, count) => kernel.listIncoming(first, count));
    yield* share(0.8, 0.88, slices(rows, 2 * k), (first, count) => {
      if (!kernel.countPairs(first, count)) throw tooLarge(rows, k);
    });
    yield* share(0.88, 0.98, slices(rows, 2 * k), (first, count) => kernel.joinRows(first, count));
    const { labels, supervision } = this.#options;
    if (labels === null) return;
    const ownLabels = new Int32Array(kernel.memory.buffer, kernel.addressOfLabels(), rows);
    for (let index = 0; index < rows; ++index) ownLabels[index] = labels[this.#connectedRows[index]!]!;
    kernel.keepJoints();
    kernel.superviseRows(supervision);
    this.#hasLabels = true;
  }

  /** Starts at PCA's coordinates, scaled, with a little noise on each row: the same one for any graph of these rows. */
  #start(indices: Int32Array): void {
    const positions = this.#positions().fill(0);
    const { initial } = this.#options;
    const first = initial?.subarray(0, this.count);
    const deviation = first ? deviationOf(Float32Array.from(this.#connectedRows, (row) => first[row]!)) : 0;
    const scale = deviation > 0 && Number.isFinite(deviation) ? START_DEVIATION / deviation : 0;
    const noise = scale > 0 ? START_NOISE * START_DEVIATION : START_DEVIATION;
    for (let row = 0; row < this.count; ++row) {
      if (indices[row]! < 0) continue;
      for (let dimension = 0; dimension < this.dimensions; ++dimension) {
        const wanted = scale > 0 ? initial![dimension * this.count + row]! * scale : 0;
        const start = Number.isFinite(wanted) ? wanted : 0;
        positions[indices[row]! * this.#stride + dimension] = start + noise * this.#random.normal();
      }
    }
    this.#wasm.beginDescent();
  }
}

function orNull(divergence: number): number | null {
  return Number.isNaN(divergence) ? null : divergence;
}

/** The standard deviation of finite numbers. */
function deviationOf(values: Float32Array): number {
  let [sum, squares, count] = [0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    squares += value * value;
    ++count;
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** Ranges of rows, each of about SLICE numbers when a row has `width`. */
function* slices(rows: number, width: number): Generator<[number, number, number]> {
  const max = Math.max(1, Math.floor(SLICE / Math.max(1, width)));
  for (let first = 0; first < rows; first += max) yield [first, Math.min(max, rows - first), rows];
}

/** Does the work slice by slice, and yields the fraction done, scaled to between `from` and `to`. */
function* share(
  from: number,
  to: number,
  ranges: Generator<[number, number, number]>,
  work: (first: number, count: number) => void,
): Generator<number> {
  for (const [first, count, rows] of ranges) {
    work(first, count);
    yield from + ((to - from) * (first + count)) / rows;
  }
}

function tooLarge(rows: number, k: number): LayoutError {
  return new LayoutError(
    `The browser grants no memory for t-SNE of ${rows} rows with ${k} neighbors each.`,
    "Choose a lower perplexity, or close other tabs.",
  );
}
