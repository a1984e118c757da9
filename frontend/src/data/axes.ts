/** The definition of a custom axis, and its URL form. */

import { toRowSet } from "./row_sets";
import { countLeftOut, countRows, MAX_ROWS, readRows, tooMany, writeAllRows } from "./row_text";
import { QUERY_MODES, type QueryMode } from "./search";

const MAX_ROW = 2 ** 31;

/** Rows whose text contains `text`, matches it or equals it. */
export interface AxisSearch {
  readonly text: string;
  readonly mode: QueryMode;
  /** Name of a column; null: the label column. "": all. */
  readonly column: string | null;
}

/** A direction through the data: from the mean of the rows of `subtract` to the mean of those of `add`. */
export type AxisChoice =
  | { readonly kind: "searches"; readonly add: AxisSearch; readonly subtract: AxisSearch }
  | { readonly kind: "selections"; readonly add: readonly number[]; readonly subtract: readonly number[] }
  | { readonly kind: "points"; readonly add: number | null; readonly subtract: number | null }
  | { readonly kind: "random"; readonly seed: number }
  /** A principal component, 0-based. */
  | { readonly kind: "pca"; readonly component: number };

/** For X, Y and Z. */
export type AxisChoices = readonly [AxisChoice, AxisChoice, AxisChoice];

/** What the search at one end of an axis found. */
export interface AxisCount {
  /** Beside any other search, the number would be wrong. */
  readonly search: AxisSearch;
  /** Number of rows that match; null: the search failed. */
  readonly rows: number | null;
  /** Why it failed: its expression is invalid, or takes too long. */
  readonly failure: { readonly message: string; readonly fix: string } | null;
}

/** For the two ends of an axis; null: not searched yet. */
export interface AxisCounts {
  readonly add: AxisCount | null;
  readonly subtract: AxisCount | null;
}

/** For X, Y and Z. */
export const NO_COUNTS: readonly AxisCounts[] = Array(3).fill({ add: null, subtract: null });

/** Null: what was counted is of another search. */
export function countOf(count: AxisCount | null | undefined, search: AxisSearch): AxisCount | null {
  return count && isSameSearch(count.search, search) ? count : null;
}

function isSameSearch(one: AxisSearch, other: AxisSearch): boolean {
  return one.text === other.text && one.mode === other.mode && one.column === other.column;
}

const NO_SEARCH: AxisSearch = { text: "", mode: "text", column: null };

/** Two searches on X, another two on Y, the first component on Z. */
export const INITIAL_AXES: AxisChoices = [
  { kind: "searches", add: NO_SEARCH, subtract: NO_SEARCH },
  { kind: "searches", add: NO_SEARCH, subtract: NO_SEARCH },
  { kind: "pca", component: 0 },
];

/** An unconfigured axis of each kind. */
export function emptyAxis(kind: AxisChoice["kind"]): AxisChoice {
  switch (kind) {
    case "searches":
      return { kind, add: NO_SEARCH, subtract: NO_SEARCH };
    case "selections":
      return { kind, add: [], subtract: [] };
    case "points":
      return { kind, add: null, subtract: null };
    case "random":
      return { kind, seed: 0 };
    case "pca":
      return { kind, component: 0 };
  }
}

/** «king − queen»; only «king» if all other points are the other end. */
export function nameDifference(add: string, subtract: string): string {
  return subtract === "" ? add : `${add} − ${subtract}`;
}

/** The text without the anchors of an expression: «^queen$» is «queen» on an axis. */
export function nameSearch({ text, mode }: AxisSearch): string {
  if (mode !== "regex") return text;
  const bare = text.replace(/^\^/, "").replace(/(^|[^\\])\$$/, "$1");
  return bare === "" ? text : bare;
}

/** The rows of selections as ranges, «1-5,9», of any number: `shortAxes` is for URLs without room for them. */
export function writeAxes(axes: AxisChoices): string {
  return JSON.stringify(axes.map(writtenAxis));
}

/** Cache of written rows: the view is written after every change of it, and there may be a million rows. */
const WRITTEN = new WeakMap<AxisChoice, object>();

function writtenAxis(axis: AxisChoice): object {
  if (axis.kind !== "selections") return axis;
  const known = WRITTEN.get(axis);
  if (known !== undefined) return known;
  const text = (rows: readonly number[]) => writeAllRows(toRowSet(rows, MAX_ROW));
  const written = { kind: axis.kind, add: text(axis.add), subtract: text(axis.subtract) };
  WRITTEN.set(axis, written);
  return written;
}

/** Whether both are the same direction, wherever they were defined. */
export function isSameAxis(one: AxisChoice, other: AxisChoice): boolean {
  return one === other || JSON.stringify(writtenAxis(one)) === JSON.stringify(writtenAxis(other));
}

const ROWS_IN_TEXT = /"(add|subtract)":"([\d,~-]+)"/g;

/** The text of the axes with only the number of the rows of each selection. */
export function shortAxes(text: string): string {
  return text.replace(ROWS_IN_TEXT, (_, end: string, rows: string) => `"${end}":"${tooMany(countRows(rows))}"`);
}

/** The last of the rows that the axes name; -1: they name none. */
export function lastAxisRow(axes: AxisChoices): number {
  const named = axes.flatMap((axis) => (axis.kind === "selections" || axis.kind === "points" ? endsOf(axis) : []));
  return named.reduce<number>((last, row) => Math.max(last, row ?? -1), -1);
}

function endsOf({ add, subtract }: AxisChoice & { kind: "selections" | "points" }): readonly (number | null)[] {
  return [add, subtract].flat();
}

/** Number of rows that the text only gives the number of; null: it gives them all. */
export function countAxisRowsLeftOut(text: string): number | null {
  const counts = [...text.matchAll(ROWS_IN_TEXT)].map(([, , rows]) => countLeftOut(rows!));
  const left = counts.filter((count) => count !== null);
  return left.length === 0 ? null : left.reduce((sum, count) => sum + count, 0);
}

/** `undefined` unless the text gives three valid axes. */
export function readAxes(text: string): AxisChoices | undefined {
  try {
    const named = [...text.matchAll(ROWS_IN_TEXT)].reduce((sum, [, , rows]) => sum + countRows(rows!), 0);
    const read: unknown = JSON.parse(text);
    if (named > MAX_ROWS || !Array.isArray(read) || read.length !== 3) return undefined;
    const axes = read.map(checkAxis);
    return axes.some((axis) => axis === undefined) ? undefined : (axes as unknown as AxisChoices);
  } catch {
    return undefined;
  }
}

/** Validates an axis and drops unknown properties: a URL is untrusted input. */
function checkAxis(read: Record<string, unknown> | null): AxisChoice | undefined {
  const { kind, add, subtract, seed, component } = read ?? {};
  if (kind === "searches") return checkSearches(toSearch(add), toSearch(subtract));
  if (kind === "selections") return checkSelections(toRows(add), toRows(subtract));
  if (kind === "points" && isPoint(add) && isPoint(subtract)) return { kind, add, subtract };
  if (kind === "random" && isRow(seed)) return { kind, seed };
  if (kind === "pca" && isRow(component) && component < 10) return { kind, component };
  return undefined;
}

function checkSearches(add: AxisSearch | undefined, subtract: AxisSearch | undefined) {
  return add === undefined || subtract === undefined ? undefined : ({ kind: "searches", add, subtract } as const);
}

/** Earlier versions wrote `regex` instead of the mode. */
function toSearch(read: unknown): AxisSearch | undefined {
  const { text, mode, regex, column } = (read ?? {}) as Record<string, unknown>;
  const known = typeof regex === "boolean" ? (regex ? "regex" : "text") : QUERY_MODES.find((one) => one === mode);
  const isColumn = column === null || typeof column === "string";
  return typeof text === "string" && known !== undefined && isColumn ? { text, mode: known, column } : undefined;
}

function checkSelections(add: readonly number[] | undefined, subtract: readonly number[] | undefined) {
  return add === undefined || subtract === undefined ? undefined : ({ kind: "selections", add, subtract } as const);
}

/** Ranges, or, as earlier versions wrote them, a list. Rows that had no room are none. */
function toRows(read: unknown): readonly number[] | undefined {
  if (Array.isArray(read)) return read.every(isRow) ? read : undefined;
  if (typeof read !== "string") return undefined;
  if (read === "" || countLeftOut(read) !== null) return [];
  const rows = readRows(read);
  return rows && Array.from(rows);
}

function isPoint(read: unknown): read is number | null {
  return read === null || isRow(read);
}

function isRow(read: unknown): read is number {
  return Number.isInteger(read) && (read as number) >= 0 && (read as number) < MAX_ROW;
}
