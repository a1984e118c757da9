/**
 * Which points are highlighted in the picture, and which are «the selection»: those isolated, flown to, tagged and
 * saved. Both are derived from the selected set, the clicked point, and the list in front.
 */
import { plural } from "../data/format";
import { Memo } from "../data/memo";
import type { Neighborhood } from "../data/neighborhood";
import { everyRow, intersectRows, toRowSet } from "../data/row_sets";
import { listInFront, pointName } from "./derived";
import type { State } from "./state";
import { sumName, sumRows } from "./sums";

type Read = Readonly<State>;

const NONE = new Int32Array(0);
/** Arrays of known neighborhoods: one for each, so that comparisons by identity detect no change. */
const KNOWN = new WeakMap<Neighborhood, Int32Array>();
const TERM_ROWS = new Memo((terms: State["terms"]) => Int32Array.from(terms, ({ row }) => row));
let single = Int32Array.of(-1);

/**
 * The selected set; otherwise, depending on the list in front, the clicked point with its neighbors, the search
 * matches, or a sum with its neighbors.
 */
export function selectedRows(state: Read): Int32Array {
  if (state.selection !== null) return state.selection;
  const front = listInFront(state);
  if (front === "matches") return state.matches ?? NONE;
  if (front === "sum") return sumRows(state);
  return state.row === null ? NONE : rowsAround(state.row, state.neighborhood);
}

export function isAnySelected(state: Read): boolean {
  return selectedRows(state).length > 0;
}

/** Highlighted points by kind: each kind is drawn in its own way. */
interface StandingOut {
  readonly row: number | null;
  /** The selected set, or the terms of a sum. */
  readonly selection: Int32Array | null;
  readonly neighborhood: Neighborhood | null;
  readonly matches: Int32Array | null;
}

export function standingOut(state: Read): StandingOut {
  const front = listInFront(state);
  const isSum = front === "sum";
  return {
    row: state.row,
    selection: state.selection ?? (isSum ? TERM_ROWS.of(state.terms) : null),
    neighborhood: isSum ? state.sumNeighborhood : front === "neighbors" ? state.neighborhood : null,
    matches: front === "matches" ? state.matches : null,
  };
}

/** Whether any point is drawn in its color: of a density, only those that stand out are. */
export function drawsColors(state: Read): boolean {
  const { row, selection, matches } = standingOut(state);
  return !state.density || row !== null || selection !== null || matches !== null;
}

/** A point and its neighbors known so far. */
function rowsAround(row: number, neighborhood: Neighborhood | null): Int32Array {
  if (neighborhood === null || neighborhood.row !== row) {
    if (single[0] !== row) single = Int32Array.of(row);
    return single;
  }
  let rows = KNOWN.get(neighborhood);
  if (rows === undefined) {
    rows = toRowSet([row, ...neighborhood.rows], 2 ** 31);
    KNOWN.set(neighborhood, rows);
  }
  return rows;
}

/** «by lasso», «king and 100 neighbors», «57 matches of «king»»: for texts that already give the count. */
export function selectionOrigin(state: Read): string {
  return state.selection === null ? selectionName(state) : state.selectionWords || "in several ways";
}

/** «40 by lasso», «king and 100 neighbors», «57 matches of «king»». */
export function selectionName(state: Read): string {
  const rows = selectedRows(state);
  if (state.selection !== null) return `${rows.length.toLocaleString("en-US")} ${state.selectionWords || "selected"}`;
  if (listInFront(state) === "matches") return `${plural(rows.length, "match", "matches")} of «${state.query}»`;
  if (listInFront(state) === "sum") {
    return `${sumName(state)} and ${plural(state.sumNeighborhood?.rows.length ?? 0, "neighbor")}`;
  }
  return state.row === null ? "" : `«${pointName(state, state.row)}» and ${plural(rows.length - 1, "neighbor")}`;
}

/** The points available for selection. */
export function activeRows(state: Read): Int32Array {
  return state.subset?.rows ?? everyRow(state.shown?.step.shape[0] ?? 0);
}

/** The active rows that pass the filters; null without filters. */
export function activeFilteredRows({ filteredRows, subset }: Read): Int32Array | null {
  return filteredRows === null || subset === null ? filteredRows : intersectRows(filteredRows, subset.rows);
}
