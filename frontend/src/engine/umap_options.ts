/** Options of UMAP. */
import type { Graph, LayoutOptions } from "./layout";
import { LayoutError } from "./layout_error";

export interface UmapOptions extends LayoutOptions {
  /** Minimum distance of rows, and distance over which weights decay, in the layout's units; 0 <= minDist <= spread. */
  minDist: number;
  spread: number;
  /** null: 500 for up to 10,000 rows, 200 beyond. */
  epochs: number | null;
  /** Weight of repulsion relative to attraction; default 1. */
  repulsion?: number;
  /** Random rows that a row is pushed away from for each one that pulls it; default 5. */
  negativeSampleRate?: number;
  /** Weight of the labels, 0 (ignored) to 1 (rows with different labels lose their edges); default 0.5. */
  supervision?: number;
}

/** Maximum number of epochs: more would run for hours; umap-learn's own maximum is 500. */
const MAX_EPOCHS = 10_000;
const MAX_NEGATIVES = 100;

/** Default number of epochs, as in umap-learn: small data sets need more of them to settle. */
export function automaticEpochs(rows: number): number {
  return rows <= 10_000 ? 500 : 200;
}

/** Fills in defaults. Raises LayoutError at the first invalid option. */
export function completeUmapOptions(graph: Graph, options: UmapOptions): Required<UmapOptions> {
  const {
    dimensions,
    seed,
    minDist,
    spread,
    epochs,
    repulsion = 1,
    negativeSampleRate = 5,
    supervision = 0.5,
  } = options;
  expect("dimensions", dimensions, dimensions === 2 || dimensions === 3, "2 or 3");
  expect("seed", seed, Number.isSafeInteger(seed), "a whole number");
  expect("spread", spread, Number.isFinite(spread) && spread > 0, "a number above 0");
  expect("minDist", minDist, minDist >= 0 && minDist <= spread, `a number from 0 to the spread (${spread})`);
  expect(
    "epochs",
    epochs,
    epochs === null || isWhole(epochs, 1, MAX_EPOCHS),
    `null (automatic) or a whole number from 1 to ${MAX_EPOCHS}`,
  );
  expect("repulsion", repulsion, Number.isFinite(repulsion) && repulsion >= 0, "a number from 0 up");
  expect(
    "negativeSampleRate",
    negativeSampleRate,
    isWhole(negativeSampleRate, 0, MAX_NEGATIVES),
    `a whole number from 0 to ${MAX_NEGATIVES}`,
  );
  expect("supervision", supervision, supervision >= 0 && supervision <= 1, "a number from 0 to 1");
  expectLength("initial", options.initial, graph.rows * dimensions, `${graph.rows} rows × ${dimensions} dimensions`);
  expectLength("labels", options.labels, graph.rows, "one a row");
  return { ...options, repulsion, negativeSampleRate, supervision };
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function expect(name: string, received: unknown, holds: boolean, expected: string): void {
  if (!holds)
    throw new LayoutError(`${name}: received ${received}, expected ${expected}`, `Choose another value of ${name}.`);
}

function expectLength(name: string, received: ArrayLike<number> | null, length: number, words: string): void {
  if (received === null || received.length === length) return;
  throw new LayoutError(
    `${name}: received ${received.length} numbers, expected ${length} (${words})`,
    `Give ${name} of the same rows as the graph.`,
  );
}
