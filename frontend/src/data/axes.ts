/** What a custom axis is made of, and how it is written into an address. */

/** Rows whose text holds `text`. */
export interface AxisSearch {
  readonly text: string;
  readonly regex: boolean;
  /** A column's name; null: the one that labels. "": all. */
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

/** Of X, Y and Z. */
export type AxisChoices = readonly [AxisChoice, AxisChoice, AxisChoice];

/** Rows that were found for the two ends of an axis; null where nothing was looked for, which stands for the mean of all. */
export interface AxisCount {
  readonly add: number | null;
  readonly subtract: number | null;
  /** Why an end has no count: an expression that does not compile, or one that takes too long. */
  readonly failure: { readonly message: string; readonly fix: string } | null;
}

const NO_SEARCH: AxisSearch = { text: "", regex: false, column: null };

/** Two searches on X, another two on Y, the first component on Z. */
export const AXES_AT_FIRST: AxisChoices = [
  { kind: "searches", add: NO_SEARCH, subtract: NO_SEARCH },
  { kind: "searches", add: NO_SEARCH, subtract: NO_SEARCH },
  { kind: "pca", component: 0 },
];

/** An axis with nothing to go by, of each kind. */
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

/** Longer lists of rows make an address that nobody can send: they are left out, and the axis says that it lacks them. */
const MOST_ROWS_WRITTEN = 100;

export function writeAxes(axes: AxisChoices): string {
  const written = axes.map((axis) => {
    if (axis.kind !== "selections") return axis;
    const isLong = axis.add.length + axis.subtract.length > MOST_ROWS_WRITTEN;
    return isLong ? emptyAxis("selections") : axis;
  });
  return JSON.stringify(written);
}

/** `undefined` for text that names no three axes. */
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

/** Takes only what an axis has: an address is written by anybody. */
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
