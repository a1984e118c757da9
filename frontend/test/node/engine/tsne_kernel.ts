/** The built t-SNE kernels as tests load them, and layouts made by them. */
import { readFileSync } from "node:fs";
import type { Graph } from "../../../src/engine/layout";
import type { Repeller } from "../../../src/engine/repeller";
import { createTsne, type SyncTsneLayout, type TsneLayout } from "../../../src/engine/tsne";
import type { TsneKernel } from "../../../src/engine/tsne_kernel";
import type { TsneOptions } from "../../../src/engine/tsne_options";
import { Random } from "../../../src/math/random";
import type { Points } from "./exact_tsne";

const [simd, scalar] = ["tsne", "tsne_scalar"].map(
  (name) => new WebAssembly.Module(readFileSync(new URL(`../../../src/engine/wasm/${name}.wasm`, import.meta.url))),
) as [WebAssembly.Module, WebAssembly.Module];

const MODULES = { simd, scalar };
export const BUILDS = ["simd", "scalar"] as const;
export type Build = (typeof BUILDS)[number];

export const DEFAULTS: TsneOptions = {
  dimensions: 2,
  seed: 1,
  initial: null,
  labels: null,
  perplexity: 10,
  learningRate: null,
  exaggeration: 12,
  exaggerationIterations: 250,
  supervision: 0,
};

export function created(graph: Graph, options: Partial<TsneOptions> = {}, build: Build = "simd"): SyncTsneLayout {
  return createTsne(MODULES[build], graph, { ...DEFAULTS, ...options });
}

/** A layout after `iterations`. */
export function run(graph: Graph, iterations: number, options: Partial<TsneOptions> = {}, build: Build = "simd") {
  const layout = created(graph, options, build);
  for (const _share of layout.prepare());
  for (let i = 0; i < iterations; ++i) layout.step();
  return layout;
}

/** A layout that has been prepared, with another thread to help it. */
export function preparedWith(repeller: Repeller, graph: Graph, options: Partial<TsneOptions> = {}): TsneLayout {
  const layout = createTsne(MODULES.simd, graph, { ...DEFAULTS, ...options }, repeller);
  for (const _share of layout.prepare());
  return layout;
}

/** Repulsions of 2-D positions, by a kernel of their own. */
export function repelAlone(positions: Float32Array): { repulsions: Float32Array; normalization: number } {
  const kernel = new WebAssembly.Instance(MODULES.simd).exports as unknown as TsneKernel;
  kernel.reserve(positions.length / 2, 1, 2);
  new Float32Array(kernel.memory.buffer, kernel.addressOfPositions(), positions.length).set(positions);
  const normalization = kernel.repel();
  const repulsions = new Float32Array(kernel.memory.buffer, kernel.addressOfRepulsions(), positions.length);
  return { repulsions, normalization };
}

/** The kernel itself, with the graph's joint probabilities made. */
export function kernelOf(graph: Graph, dimensions: 2 | 3, perplexity: number, build: Build): TsneKernel {
  const kernel = new WebAssembly.Instance(MODULES[build]).exports as unknown as TsneKernel;
  const { rows, k } = graph;
  kernel.reserve(rows, k, dimensions);
  new Int32Array(kernel.memory.buffer, kernel.addressOfNeighbors(), rows * k).set(graph.neighbors);
  new Float32Array(kernel.memory.buffer, kernel.addressOfConditionals(), rows * k).set(graph.distances);
  kernel.calibrateRows(0, rows, perplexity);
  kernel.countIncoming(0, rows);
  kernel.listIncoming(0, rows);
  kernel.countPairs(0, rows);
  kernel.joinRows(0, rows);
  return kernel;
}

/** Joint probabilities by "row-other", each pair twice. */
export function pairsOf(kernel: TsneKernel, rows: number): Map<string, number> {
  const { buffer } = kernel.memory;
  const offsets = new Uint32Array(buffer, kernel.addressOfOffsets(), rows + 1);
  const tails = new Uint32Array(buffer, kernel.addressOfTails(), offsets[rows]!);
  const joints = new Float32Array(buffer, kernel.addressOfJoints(), offsets[rows]!);
  const pairs = new Map<string, number>();
  for (let row = 0; row < rows; ++row) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; ++at) pairs.set(`${row}-${tails[at]}`, joints[at]!);
  }
  return pairs;
}

export function setPositions(kernel: TsneKernel, points: Points): void {
  vectorsAt(kernel, kernel.addressOfPositions(), points.length, points[0]!.length, (at, i, all) => {
    all[at] = points[i.row]![i.axis]!;
  });
}

export function readVectors(kernel: TsneKernel, address: number, points: Points): number[][] {
  const vectors = points.map((point) => [...point]);
  vectorsAt(kernel, address, points.length, points[0]!.length, (at, i, all) => {
    vectors[i.row]![i.axis] = all[at]!;
  });
  return vectors;
}

function vectorsAt(
  kernel: TsneKernel,
  address: number,
  rows: number,
  dimensions: number,
  visit: (at: number, index: { row: number; axis: number }, all: Float32Array) => void,
): void {
  const stride = dimensions === 2 ? 2 : 4;
  const all = new Float32Array(kernel.memory.buffer, address, rows * stride);
  for (let row = 0; row < rows; ++row) {
    for (let axis = 0; axis < dimensions; ++axis) visit(row * stride + axis, { row, axis }, all);
  }
}

/** Planar positions as points. */
export function pointsOf(positions: Float32Array, dimensions: number): number[][] {
  const rows = positions.length / dimensions;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: dimensions }, (_, axis) => positions[axis * rows + row]!),
  );
}

/** Gaussian clusters, `extent` from end to end or about so; float32. */
export function clusters(rows: number, dimensions: number, extent: number, seed = 3): number[][] {
  const random = new Random(seed);
  const centers = Array.from({ length: 12 }, () => Array.from({ length: dimensions }, () => random.uniform()));
  return Array.from({ length: rows }, (_, row) =>
    centers[row % 12]!.map((center) => Math.fround(extent * (center + 0.05 * random.normal()))),
  );
}
