/** The points that stand out and those that are faded, as a saved page keeps them: in the page's own row numbers. */
import { filterWords } from "../../data/filter_words";
import { type Filter, filterOf, filterRows, type ValuesFilter } from "../../data/filters";
import { neighborColors } from "../../data/neighbor_colors";
import type { Neighborhood } from "../../data/neighborhood";
import { takeRows } from "../../data/part_of_rows";
import { lowerBound, rowsWith } from "../../data/row_sets";
import type { SavedView } from "../../data/saved_page";
import { columnsOf } from "../../state/derived";
import { selectedRows, standingOut } from "../../state/selected_rows";
import type { State } from "../../state/state";
import { emphasisOf, standsOut } from "../../view/emphasis_column";
import { EMPHASIS } from "../../view/picture";

type Read = Readonly<State>;
type Standing = Pick<SavedView, "selected" | "near" | "nearColors" | "filtered">;

/** `count`: number of points of the embedding, isolated or not. */
export function saveStanding(state: Read, count: number): Standing {
  const rows = state.subset?.rows ?? null;
  const passing = passingOthers(state, count);
  return { ...saveHighlighted(state, count, rows), filtered: passing && indicesIn(passing, rows) };
}

function saveHighlighted(state: Read, count: number, rows: Int32Array | null): Omit<Standing, "filtered"> {
  const { neighborhood, ...standing } = standingOut(state);
  const neighbors = neighborhood?.rows ?? null;
  const all = standsOut(standing)
    ? emphasisOf({ ...standing, neighbors, filtered: state.filteredRows }, () => new Uint8Array(count))
    : null;
  if (all === null) return { selected: null, near: null, nearColors: null };
  const emphasis = takeRows(all, rows);
  const near = rowsWith(emphasis, EMPHASIS.neighbor);
  const nearColors = neighborhood && colorsOf(near, rows, neighborhood, state.theme);
  return { selected: rowsWith(emphasis, EMPHASIS.selected), near, nearColors };
}

/** The colors of neighbors in the order of `near`. */
function colorsOf(
  near: Int32Array,
  rows: Int32Array | null,
  neighborhood: Neighborhood,
  theme: State["theme"],
): Uint8Array {
  const colors = neighborColors(neighborhood, theme);
  const indices = new Map([...neighborhood.rows].map((row, index) => [row, index]));
  return takeRows(
    colors,
    near.map((at) => indices.get(rows?.[at] ?? at)!),
    4,
  );
}

/** The legend's own filter, which a saved page can change; null while nothing is filtered in the picture. */
export function legendFilter({ filters, filteredRows, legend }: Read): ValuesFilter | null {
  const filter = legend === null || filteredRows === null ? null : filterOf(filters, legend.column);
  return filter?.kind === "values" ? filter : null;
}

/** All filters but the legend's: a saved page may lack their columns. */
function otherFilters(state: Read): readonly Filter[] {
  const own = legendFilter(state);
  return state.filteredRows === null ? [] : state.filters.filter((filter) => filter !== own);
}

function passingOthers(state: Read, count: number): Int32Array | null {
  const filters = otherFilters(state);
  return filters.length === 0 ? null : filterRows(columnsOf(state), filters, count);
}

/** «filtered by year 1990 to 1999»; the legend's filter is seen in the legend. */
export function filterNames(state: Read): string[] {
  const filters = otherFilters(state);
  return filters.length === 0 ? [] : [`filtered by ${filterWords(filters, columnsOf(state))}`];
}

/** Approximate size in bytes. */
export function standingBytes(state: Read): number {
  return 4 * (selectedRows(state).length + (otherFilters(state).length > 0 ? (state.filteredRows?.length ?? 0) : 0));
}

/** Indices of rows in another list, both ascending; missing ones are dropped. */
function indicesIn(some: Int32Array, rows: Int32Array | null): Int32Array {
  if (rows === null) return some;
  return some.map((row) => (rows[lowerBound(rows, row)] === row ? lowerBound(rows, row) : -1)).filter((at) => at >= 0);
}
