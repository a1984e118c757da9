/** The nearest neighbors of the selected point, and of sums of points: their metric, number and results. */
import { choice, flag, held, type Part, whole } from "../../data/field";
import { METRICS, type Metric, type Neighborhood } from "../../data/neighborhood";
import type { Combine } from "../../data/row_sets";
import { readTerms, type Term, writeTerms } from "../../data/terms";

interface NeighborsState {
  /** Layouts use it too. */
  metric: Metric;
  neighborCount: number;
  neighborhood: Neighborhood | null;
}

/** Range of the control; /neighbors supports 1 to 1,000. */
export const NEIGHBOR_COUNT = { min: 5, max: 1000 } as const;

export const METRIC_OPTIONS: readonly { value: Metric; text: string }[] = [
  { value: "cosine", text: "Cosine" },
  { value: "euclidean", text: "Euclidean" },
  { value: "dot", text: "Dot product" },
];

interface NeighborsActions {
  /** Selects the selected point and its neighbors, adds them to the selection, or removes them. */
  selectNeighbors(combine?: Combine): void;
}

/** «king − man + woman»: points added and subtracted, and the nearest neighbors of the result. */
interface SumsState {
  terms: readonly Term[];
  /** Each term is scaled to length one before it is added. */
  normalizeTerms: boolean;
  /** The input for an expression is shown even without terms. */
  termsOpen: boolean;
  /** Neighbors of the sum; null: not known yet. */
  sumNeighborhood: Neighborhood | null;
  /** Why the typed text is invalid, or which of several points was used; null: no note. */
  termsNote: string | null;
}

export interface SumsActions {
  /** Adds (1) or subtracts (-1) a point. */
  addTerm(row: number, sign: 1 | -1): void;
  /** Plus becomes minus, minus becomes plus. */
  flipTerm(index: number): void;
  removeTerm(index: number): void;
  clearTerms(): void;
  /** Adds the terms of a typed expression of labels: «king - man + woman». False if it is invalid. */
  typeTerms(text: string): boolean;
  /** Opens and focuses the input for an expression. */
  focusTerms(): void;
}

export const NEIGHBORS: Part<NeighborsState & SumsState, NeighborsActions & SumsActions, "neighbors" | "sum"> = {
  fields: {
    metric: choice<Metric>("cosine", METRICS, "metric"),
    neighborCount: whole(100, NEIGHBOR_COUNT.min, NEIGHBOR_COUNT.max, "number of neighbors"),
    neighborhood: held(null),
    terms: { initial: [], name: "sum of points", text: { read: readTerms, write: writeTerms } },
    normalizeTerms: flag(false, "normalization of the sum"),
    termsOpen: held(false),
    sumNeighborhood: held(null),
    termsNote: held(null),
  },
  tasks: ["neighbors", "sum"],
};
