/** Options of t-SNE. */
import type { Graph, LayoutOptions } from "./layout";
import { LayoutError } from "./layout_error";

export interface TsneOptions extends LayoutOptions {
  /** Approximate number of effective neighbors per row; lowered to what the graph supports. */
  perplexity: number;
  /** null: the number of rows divided by the exaggeration (Belkina et al. 2019). */
  learningRate: number | null;
  /** Factor on attraction during the first `exaggerationIterations`. */
  exaggeration: number;
  exaggerationIterations: number;
  /** Weight of the labels, 0 (ignored) to 1 (rows with different labels no longer attract). */
  supervision: number;
}

/** Raises LayoutError at the first invalid option. */
export function checkTsneOptions(graph: Graph, options: TsneOptions): void {
  const { dimensions, seed, perplexity, learningRate, exaggeration, exaggerationIterations, supervision } = options;
  expect("dimensions", dimensions, dimensions === 2 || dimensions === 3, "2 or 3");
  expect("seed", seed, Number.isSafeInteger(seed), "a whole number");
  expect("perplexity", perplexity, perplexity >= 1 && perplexity < Number.POSITIVE_INFINITY, "a number from 1 up");
  checkRates(learningRate, exaggeration, supervision);
  const isCount = Number.isSafeInteger(exaggerationIterations) && exaggerationIterations >= 0;
  expect("exaggerationIterations", exaggerationIterations, isCount, "a whole number from 0 up");
  expectLength("initial", options.initial, graph.rows * dimensions, `${graph.rows} rows × ${dimensions} dimensions`);
  expectLength("labels", options.labels, graph.rows, "one a row");
}

/** Raises LayoutError at the first invalid rate; these options may change while a layout runs. */
export function checkRates(learningRate: number | null, exaggeration: number, supervision: number): void {
  const isRate = learningRate === null || (learningRate > 0 && Number.isFinite(learningRate));
  expect("learningRate", learningRate, isRate, "null (automatic) or a number above 0");
  expect("exaggeration", exaggeration, exaggeration >= 1 && Number.isFinite(exaggeration), "a number from 1 up");
  expect("supervision", supervision, supervision >= 0 && supervision <= 1, "a number from 0 to 1");
}

function expect(name: string, received: unknown, holds: boolean, expected: string): void {
  if (holds) return;
  throw new LayoutError(`${name}: received ${received}, expected ${expected}`, `Choose another value of ${name}.`);
}

function expectLength(name: string, received: ArrayLike<number> | null, length: number, words: string): void {
  if (received === null || received.length === length) return;
  throw new LayoutError(
    `${name}: received ${received.length} numbers, expected ${length} (${words})`,
    `Give ${name} of the same rows as the graph.`,
  );
}
