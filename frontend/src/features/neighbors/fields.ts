/** The nearest neighbors of the point in hand, and of sums of points: how they are measured, how many, and which they are. */
import { choice, type Fields, flag, held, whole } from "../../data/field";
import { METRICS, type Metric, type Neighborhood } from "../../data/neighborhood";
import type { Combine } from "../../data/row_sets";
import { readTerms, type Term, writeTerms } from "../../data/terms";

export interface NeighborsState {
  /** Layouts share it. */
  metric: Metric;
  neighborCount: number;
  neighborhood: Neighborhood | null;
}

/** As the control's ends; /neighbors answers 1 to 1,000. */
export const NEIGHBOR_COUNT = { least: 5, most: 1000 } as const;

export const METRIC_OPTIONS: readonly { value: Metric; text: string }[] = [
  { value: "cosine", text: "Cosine" },
  { value: "euclidean", text: "Euclidean" },
  { value: "dot", text: "Dot product" },
];

export const NEIGHBORS_FIELDS: Fields<NeighborsState> = {
  metric: choice<Metric>("cosine", METRICS),
  neighborCount: whole(100, NEIGHBOR_COUNT.least, NEIGHBOR_COUNT.most),
  neighborhood: held(null),
};

export const NEIGHBORS_TASKS = ["neighbors"] as const;

export interface NeighborsActions {
  /** Makes the point in hand and its neighbors the selection, adds them to it, or takes them out of it. */
  selectNeighbors(how?: Combine): void;
}

/** «king − man + woman»: points added and subtracted, and the nearest neighbors of what comes of it. */
export interface SumsState {
  terms: readonly Term[];
  /** Each term is scaled to length one before it counts. */
  normalizeTerms: boolean;
  /** The place where an expression is typed is there before there are terms. */
  termsOpen: boolean;
  /** Of the sum; null: not known yet. */
  sumNeighborhood: Neighborhood | null;
  /** Why what was typed is no sum, or which of several points was taken; null: nothing to say. */
  termsNote: string | null;
}

export const SUMS_FIELDS: Fields<SumsState> = {
  terms: { initial: [], text: { read: readTerms, write: writeTerms } },
  normalizeTerms: flag(false),
  termsOpen: held(false),
  sumNeighborhood: held(null),
  termsNote: held(null),
};

export const SUMS_TASKS = ["sum"] as const;

export interface SumsActions {
  /** Adds (1) or subtracts (-1) a point. */
  addTerm(row: number, sign: 1 | -1): void;
  /** Plus becomes minus, minus becomes plus. */
  flipTerm(index: number): void;
  removeTerm(index: number): void;
  clearTerms(): void;
  /** Adds the terms of a typed expression, words that are labels: «king - man + woman». False: it names no points. */
  typeTerms(text: string): boolean;
  /** Opens the place where an expression is typed. */
  focusTerms(): void;
}
