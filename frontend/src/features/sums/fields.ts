/** «king − man + woman»: points added and subtracted, and the nearest neighbors of what comes of it. */
import type { Neighborhood } from "../../data/neighborhood";
import { readTerms, type Term, writeTerms } from "../../data/terms";
import { type Field, flag, held } from "../../data/field";

export interface ArithmeticState {
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

export const ARITHMETIC_FIELDS: { readonly [Name in keyof ArithmeticState]: Field<ArithmeticState[Name]> } = {
  terms: { initial: [], text: { read: readTerms, write: writeTerms } },
  normalizeTerms: flag(false),
  termsOpen: held(false),
  sumNeighborhood: held(null),
  termsNote: held(null),
};

export interface ArithmeticActions {
  /** Adds (1) or subtracts (-1) a point. */
  addTerm(row: number, sign: 1 | -1): void;
  /** Plus becomes minus, minus becomes plus. */
  flipTerm(index: number): void;
  removeTerm(index: number): void;
  clearTerms(): void;
  /** Adds the terms of a typed expression, words that are labels: «king - man + woman». False: it names no points. */
  typeTerms(text: string): boolean;
  /** Asks once more for the neighbors of the sum. */
  retrySum(): void;
  /** Opens the place where an expression is typed. */
  focusTerms(): void;
}
