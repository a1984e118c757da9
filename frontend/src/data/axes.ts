/** The definition of a custom axis, and its URL form. */

/** Rows whose text contains `text`. */
export interface AxisSearch {
  readonly text: string;
  readonly regex: boolean;
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

/** Number of rows found for the two ends of an axis; null for an empty search, meaning the mean of all rows. */
export interface AxisCount {
  readonly add: number | null;
  readonly subtract: number | null;
  /** Why an end has no count: its expression is invalid, or takes too long. */
  readonly failure: { readonly message: string; readonly fix: string } | null;
}

const NO_SEARCH: AxisSearch = { text: "", regex: false, column: null };

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

/** Maximum length of a list of rows: longer ones make unusable URLs; they are left out, and the axis reports it. */
const MAX_ROWS_WRITTEN = 100;

/** `maxRows`: length from which lists of rows are left out. */
export function writeAxes(axes: AxisChoices, maxRows = MAX_ROWS_WRITTEN): string {
  const written = axes.map((axis) => {
    if (axis.kind !== "selections") return axis;
    const isLong = axis.add.length + axis.subtract.length > maxRows;
    return isLong ? emptyAxis("selections") : axis;
  });
  return JSON.stringify(written);
}

/** `undefined` unless the text gives three valid axes. */
export function readAxes(text: string): AxisChoices | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read) || read.length !== 3) return undefined;
    const axes = read.map(checkAxis);
    return axes.some((axis) => axis === undefined) ? undefined : (axes as unknown as AxisChoices);
  } catch {
    return undefined;
  }
}

/** Validates an axis and drops unknown properties: a URL is untrusted input. */
function checkAxis(read: Record<string, unknown> | null): AxisChoice | undefined {
  const { kind, add, subtract, seed, component } = read ?? {};
  if (kind === "searches" && isSearch(add) && isSearch(subtract)) return { kind, add, subtract };
  if (kind === "selections" && isRows(add) && isRows(subtract)) return { kind, add, subtract };
  if (kind === "points" && isPoint(add) && isPoint(subtract)) return { kind, add, subtract };
  if (kind === "random" && isRow(seed)) return { kind, seed };
  if (kind === "pca" && isRow(component) && component < 10) return { kind, component };
  return undefined;
}

function isSearch(read: unknown): read is AxisSearch {
  const { text, regex, column } = (read ?? {}) as Record<string, unknown>;
  return typeof text === "string" && typeof regex === "boolean" && (column === null || typeof column === "string");
}

function isRows(read: unknown): read is readonly number[] {
  return Array.isArray(read) && read.every(isRow);
}

function isPoint(read: unknown): read is number | null {
  return read === null || isRow(read);
}

function isRow(read: unknown): read is number {
  return Number.isInteger(read) && (read as number) >= 0 && (read as number) < 2 ** 31;
}
