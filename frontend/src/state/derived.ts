/** What follows from the state, so that no field can contradict another. */

import { defaultColorColumn } from "../data/coloring";
import { type Column, cellText, defaultLabelColumn, findColumn } from "../data/column";
import { type Coordinates, isLayoutMethod, type Method } from "../data/coordinates";
import { shownVariance } from "../data/projection";
import type { Problem } from "../data/runs";
import type { Space } from "../data/space";
import type { State } from "./state";

type Read = Readonly<State>;

export function columnsOf(state: Read): readonly Column[] {
  return state.metadata?.columns ?? [];
}

/** The column that labels: the chosen one if the file has it, else the best there is. */
export function labelColumn(state: Read): Column | null {
  const columns = columnsOf(state);
  return findColumn(columns, state.labelBy) ?? findColumn(columns, defaultLabelColumn(columns));
}

/** The column that colors; none when nobody chose and none tells classes apart. */
export function colorColumn(state: Read): Column | null {
  const columns = columnsOf(state);
  if (state.colorBy === "") return null;
  const chosen = findColumn(columns, state.colorBy);
  return chosen ?? findColumn(columns, defaultColorColumn(columns, labelColumn(state)?.name ?? null));
}

/** The columns that a search looks through. */
export function searchedColumns(state: Read, searchIn: string | null = state.searchIn): readonly Column[] {
  if (searchIn === "") return columnsOf(state);
  const column = findColumn(columnsOf(state), searchIn) ?? labelColumn(state);
  return column === null ? [] : [column];
}

/** How a point is called: its label, else its row number. */
export function pointName(state: Read, row: number): string {
  const column = labelColumn(state);
  const text = column === null ? null : cellText(column, row);
  return text === null || text.trim() === "" ? `row ${row}` : text;
}

/** Points that the embedding has. */
export function pointCount(state: Read): number {
  return state.coordinates?.rows ?? state.projection?.rows ?? state.shown?.step.shape[0] ?? 0;
}

/** Rows that cannot be drawn: their vector holds NaN or infinity, or the method finds no place for them. */
export function undrawnCount(state: Read): number {
  if (state.coordinates !== null) return state.coordinates.rows - state.coordinates.placedRows;
  return state.projection === null ? 0 : state.projection.rows - state.projection.finiteRows;
}

/** Whose picture is on the screen: PCA's stands in until the method chosen has one. */
export function drawnMethod(state: Read): Method {
  return state.coordinates?.method ?? "pca";
}

/** 3 unless two were asked for, or the data has no third. A layout is drawn in as many dimensions as it was made in. */
export function drawnDimensions(state: Read): 2 | 3 {
  const { coordinates } = state;
  if (coordinates !== null && (coordinates.z === null || isLayoutMethod(coordinates.method))) {
    return coordinates.z === null ? 2 : 3;
  }
  return coordinates === null && (state.projection?.components.length ?? 3) < 3 ? 2 : state.dimensions;
}

/** What is on the screen, PCA's picture included; null while there is none. */
export function drawnCoordinates(state: Read): Coordinates | null {
  const { coordinates, projection } = state;
  const isFlat = drawnDimensions(state) === 2;
  if (coordinates !== null) return isFlat && coordinates.z !== null ? { ...coordinates, z: null } : coordinates;
  const components = drawnComponents(state);
  const [x, y, z] = components.map((component) => projection?.components[component]);
  if (projection === null || x === undefined || (components.length > 1 && y === undefined)) return null;
  if (components.length > 2 && z === undefined) return null;
  return {
    method: "pca",
    ...{ x, y: y ?? NO_EXTENT.of(x.length), z: z ?? null },
    rows: projection.rows,
    placedRows: projection.finiteRows,
    axisNames: components.map((component) => `PC ${component + 1}`),
    space: projection.space,
    iteration: null,
  };
}

/** One component is a line: its other coordinate is 0. The same array every time, so that nothing is uploaded twice. */
class NoExtent {
  #zeros = new Float32Array(0);

  of(rows: number): Float32Array {
    if (this.#zeros.length !== rows) this.#zeros = new Float32Array(rows);
    return this.#zeros;
  }
}
const NO_EXTENT = new NoExtent();

/** Whether the quality was measured on the very picture that is on the screen. */
export function isQualityCurrent(state: Read): boolean {
  const drawn = drawnCoordinates(state);
  const { of } = state.quality ?? {};
  return drawn !== null && of !== undefined && drawn.x === of.x && drawn.y === of.y && drawn.z === of.z;
}

/** In which space, and among which rows, everything is computed. */
export function spaceOf(state: Read): Space {
  return { spherize: state.spherize, subset: state.subset };
}

/** The components on the axes, clamped to those there are. */
export function drawnComponents(state: Read): number[] {
  const most = Math.max(0, componentsOffered(state) - 1);
  return state.components.slice(0, drawnDimensions(state)).map((component) => Math.min(component, most));
}

/** Principal components that the data has, at most ten. */
export function componentsOffered(state: Read): number {
  const [rows, dims] = state.shown?.step.shape ?? [0, 0];
  return Math.max(1, Math.min(10, rows, dims));
}

/** The share of the variance that the picture shows. */
export function drawnVariance(state: Read): number {
  return state.projection === null ? 0 : shownVariance(state.projection, drawnComponents(state));
}

/** Which list the inspector shows: the one asked for if there is one, else the other. */
export function listInFront(state: Read): "matches" | "neighbors" | null {
  const hasMatches = state.query !== "";
  const hasNeighbors = state.row !== null;
  if (hasMatches && hasNeighbors) return state.list;
  return hasMatches ? "matches" : hasNeighbors ? "neighbors" : null;
}

/** Worst first. An answer from the browser's cache knows of problems that a server started since has not met yet. */
export function problemsInOrder(state: Read): Problem[] {
  const order = { error: 0, warning: 1, info: 2 };
  const told = [state.runs, state.projection, state.metadata, state.layout, state.quality].flatMap(
    (answer) => answer?.problems ?? [],
  );
  const once = new Map(told.map((problem) => [`${problem.run} ${problem.file} ${problem.message}`, problem]));
  return [...once.values()].sort((a, b) => order[a.level] - order[b.level]);
}
