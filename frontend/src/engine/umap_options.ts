/** What UMAP can be asked for. */
import type { Graph, LayoutOptions } from "./layout";
import { LayoutError } from "./layout_error";

export interface UmapOptions extends LayoutOptions {
  /** How close rows may lie, and over what distance weights fall, in the layout's units; 0 <= minDist <= spread. */
  minDist: number;
  spread: number;
  /** null: 500 for up to 10,000 rows, 200 beyond. */
  epochs: number | null;
  /** Weight of the pushes against the pulls; 1 unless told. */
  repulsion?: number;
  /** Random rows that a row is pushed away from for each that pulls it; 5 unless told. */
  negativeSampleRate?: number;
  /** How much labels count, 0 (not) to 1 (rows of different labels lose their edges); 0.5 unless told. */
  supervision?: number;
}

/** More would run for hours; umap-learn's own most is 500. */
const MOST_EPOCHS = 10_000;
const MOST_NEGATIVES = 100;

/** Epochs unless told, as in umap-learn: few rows settle only after more of them. */
export function automaticEpochs(rows: number): number {
  return rows <= 10_000 ? 500 : 200;
}

/** The options with what was left out. Raises LayoutError at the first that cannot be. */
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
    epochs === null || isWhole(epochs, 1, MOST_EPOCHS),
    `null (automatic) or a whole number from 1 to ${MOST_EPOCHS}`,
  );
  expect("repulsion", repulsion, Number.isFinite(repulsion) && repulsion >= 0, "a number from 0 up");
  expect(
    "negativeSampleRate",
    negativeSampleRate,
    isWhole(negativeSampleRate, 0, MOST_NEGATIVES),
    `a whole number from 0 to ${MOST_NEGATIVES}`,
  );
  expect("supervision", supervision, supervision >= 0 && supervision <= 1, "a number from 0 to 1");
  expectLength("initial", options.initial, graph.rows * dimensions, `${graph.rows} rows × ${dimensions} dimensions`);
  expectLength("labels", options.labels, graph.rows, "one a row");
  return { ...options, repulsion, negativeSampleRate, supervision };
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
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
