/** Values derived from the state, so that no field can contradict another. */

import { defaultColorColumn } from "../data/coloring";
import { type Column, cellText, defaultLabelColumn, findColumn, type TextColumn } from "../data/column";
import { whyNotImage } from "../data/column_use";
import { type Coordinates, countFiniteRows, isLayoutMethod, type Method } from "../data/coordinates";
import { nameRow } from "../data/format";
import { isOver } from "../data/layout_status";
import { hasNumbers } from "../data/number_values";
import { orderProblems, withRun } from "../data/problems";
import { shownVariance } from "../data/projection";
import type { Problem } from "../data/runs";
import { sequenceProblem } from "../data/sequences";
import { maskColumn, type Space, type Subset } from "../data/space";
import { LISTS, type ListName } from "../page/fields";
import type { State } from "./state";

type Read = Readonly<State>;

/** Whether vectors are shown, or on their way to be. */
export function hasData({ shown }: Read): boolean {
  return shown !== null;
}

export function columnsOf(state: Read): readonly Column[] {
  return state.metadata?.columns ?? [];
}

/** The label column: the chosen one if the file has it, otherwise the default. */
export function labelColumn(state: Read): Column | null {
  const columns = columnsOf(state);
  return findColumn(columns, state.labelBy) ?? findColumn(columns, defaultLabelColumn(columns));
}

/** The column used for colors; null if none was chosen and none contains classes, or if the quality gives the colors. */
export function colorColumn(state: Read): Column | null {
  const columns = columnsOf(state);
  if (state.colorBy === "" || isColoredByQuality(state)) return null;
  const chosen = findColumn(columns, state.colorBy);
  return chosen ?? findColumn(columns, defaultColorColumn(columns, labelColumn(state)?.name ?? null));
}

/** Whether the colors are the fractions of kept neighbors, instead of a column's. */
export function isColoredByQuality({ colorByQuality, quality }: Read): boolean {
  return colorByQuality && quality !== null;
}

/** The column of the classes whose names stand in the picture, if these are on: the labels of points name no others. */
export function namingColumn(state: Read): Column | null {
  const { showLabels, nameColors, labelPoints } = state;
  if (!showLabels || !nameColors || labelPoints) return null;
  const column = colorColumn(state);
  return column?.name === labelColumn(state)?.name ? null : column;
}

/** The column used for point sizes; null if the chosen one is missing or has no numbers. */
export function sizeColumn(state: Read): Column | null {
  const column = findColumn(columnsOf(state), state.sizeBy);
  return column !== null && hasNumbers(column) ? column : null;
}

/** The column whose largest numbers are labeled first: the chosen one if it has numbers, otherwise that of the sizes. */
export function importanceColumn(state: Read): Column | null {
  if (state.importanceBy === "") return null;
  const column = findColumn(columnsOf(state), state.importanceBy);
  return column !== null && hasNumbers(column) ? column : sizeColumn(state);
}

/** The column whose values are shown as images; null: the sprite sheet is used. */
export function imageColumn(state: Read): TextColumn | null {
  const column = findColumn(columnsOf(state), state.imageBy);
  return column?.kind === "text" && whyNotImage(column) === undefined ? column : null;
}

/** The columns to be searched. */
export function searchedColumns(state: Read, searchIn: string | null = state.searchIn): readonly Column[] {
  if (searchIn === "") return columnsOf(state);
  const column = findColumn(columnsOf(state), searchIn) ?? labelColumn(state);
  return column === null ? [] : [column];
}

/** A point's name: its label, otherwise its row number. */
export function pointName(state: Read, row: number): string {
  const column = labelColumn(state);
  const text = column === null ? null : cellText(column, row);
  return text === null || text.trim() === "" ? nameRow(row) : text;
}

/** Whether the first picture and the metadata of the data have arrived, or have failed. */
export function isLoaded(state: Read): boolean {
  return state.failures.projection !== undefined || (state.projection !== null && !isMetadataComing(state));
}

/** Whether the data has metadata that has neither arrived nor failed. Failures are read only then: any task changes them. */
export function isMetadataComing(state: Read): boolean {
  const { shown, metadata, metadataUpload } = state;
  const hasMetadata = shown?.embedding.metadata != null || metadataUpload !== null;
  return hasMetadata && metadata === null && state.failures.metadata === undefined;
}

/** Number of points in the embedding, or in the subset. */
export function pointCount(state: Read): number {
  return state.subset?.rows.length ?? embeddingCount(state);
}

/** Number of points in the embedding, isolated or not. */
export function embeddingCount(state: Read): number {
  return state.coordinates?.rows ?? state.projection?.rows ?? state.shown?.step.shape[0] ?? 0;
}

/** Number of rows that cannot be drawn: their vector has NaN or infinity, or the method gives no coordinates. */
export function undrawnCount(state: Read): number {
  const drawn = drawnCoordinates(state);
  if (drawn === null) return 0;
  // While returning to more points, the picture still shows fewer.
  const among = Math.min(pointCount(state), drawn.subset?.rows.length ?? Infinity);
  return Math.max(0, among - drawn.finiteRows);
}

/** The method whose projection is on the screen: PCA until the chosen method has a result. */
export function drawnMethod(state: Read): Method {
  return state.coordinates?.method ?? "pca";
}

/** 3 unless two were requested, or the data has no third. A layout is drawn in the dimensions it was computed in. */
export function drawnDimensions(state: Read): 2 | 3 {
  const { coordinates } = state;
  if (coordinates !== null && (coordinates.z === null || isLayoutMethod(coordinates.method))) {
    return coordinates.z === null ? 2 : 3;
  }
  return coordinates === null && (state.projection?.components.length ?? 3) < 3 ? 2 : state.dimensions;
}

/** The layout that runs, or that the picture is of; null: the picture is of another run, as that of other points is. */
export function layoutOfPicture({ layout, coordinates }: Read): State["layout"] {
  if (layout === null || !isOver(layout.phase) || coordinates?.method !== layout.of) return layout;
  return (coordinates.subset ?? null) === layout.startedWith.subset ? layout : null;
}

/** Whether the picture is a layout that was computed in 2-D: it cannot be turned. */
export function isFlatLayout({ coordinates }: Read): boolean {
  return coordinates !== null && coordinates.z === null && isLayoutMethod(coordinates.method);
}

/** Those of the picture; of a layout those of its next start: the current one may have others. */
export function chosenDimensions(state: Read): 2 | 3 {
  return isLayoutMethod(state.method) ? state.dimensions : drawnDimensions(state);
}

/** The coordinates on the screen, including PCA's; null if there are none. Rows outside of the subset are NaN. */
export function drawnCoordinates(state: Read): Coordinates | null {
  const coordinates = state.coordinates === null ? pcaCoordinates(state) : flattened(state, state.coordinates);
  const { subset } = state;
  if (coordinates === null || subset === null || coordinates.subset === subset) return coordinates;
  return MASKING.mask(coordinates, subset);
}

function flattened(state: Read, coordinates: Coordinates): Coordinates {
  return drawnDimensions(state) === 2 && coordinates.z !== null ? { ...coordinates, z: null } : coordinates;
}

function pcaCoordinates(state: Read): Coordinates | null {
  const { projection } = state;
  const components = drawnComponents(state);
  const [x, y, z] = components.map((component) => projection?.components[component]);
  if (projection === null || x === undefined || (components.length > 1 && y === undefined)) return null;
  if (components.length > 2 && z === undefined) return null;
  return {
    method: "pca",
    ...{ x, y: y ?? NO_EXTENT.of(x.length), z: z ?? null },
    rows: projection.rows,
    finiteRows: projection.finiteRows,
    axisNames: components.map((component) => `PC ${component + 1}`),
    space: projection.space,
    subset: projection.subset ?? null,
    iteration: null,
  };
}

/** Restricts coordinates of more points to the subset; returns the same arrays for the same input. */
class Masking {
  #last: { x: Float32Array; y: Float32Array; z: Float32Array | null; subset: Subset; masked: Coordinates } | null =
    null;

  mask(coordinates: Coordinates, subset: Subset): Coordinates {
    const { x, y, z } = coordinates;
    const last = this.#last;
    if (last !== null && last.x === x && last.y === y && last.z === z && last.subset === subset) return last.masked;
    const columns = { x: maskColumn(x, subset), y: maskColumn(y, subset), z: z && maskColumn(z, subset) };
    const finiteRows = countFiniteRows(...Object.values(columns).filter((column) => column !== null));
    const masked = { ...coordinates, ...columns, finiteRows };
    this.#last = { x, y, z, subset, masked };
    return masked;
  }
}
const MASKING = new Masking();

/** A single component is a line: its other coordinate is 0. Always the same array: nothing is uploaded twice. */
class NoExtent {
  #zeros = new Float32Array(0);

  of(rows: number): Float32Array {
    if (this.#zeros.length !== rows) this.#zeros = new Float32Array(rows);
    return this.#zeros;
  }
}
const NO_EXTENT = new NoExtent();

/** Whether the quality was measured on the coordinates now on the screen. */
export function isQualityOfPicture(state: Read): boolean {
  const drawn = drawnCoordinates(state);
  const { of } = state.quality ?? {};
  return drawn !== null && of !== undefined && drawn.x === of.x && drawn.y === of.y && drawn.z === of.z;
}

/** Whether measuring again would give the same quality. */
export function isQualityCurrent(state: Read): boolean {
  const { quality, metric, spherize } = state;
  return quality?.metric === metric && quality.spherize === spherize && isQualityOfPicture(state);
}

/** The preprocessing and the subset of rows that all computations use. */
export function spaceOf(state: Read): Space {
  return { spherize: state.spherize, subset: state.subset };
}

/** The components on the axes, clamped to the available ones. */
export function drawnComponents(state: Read): number[] {
  const max = Math.max(0, availableComponents(state) - 1);
  return state.components.slice(0, drawnDimensions(state)).map((component) => Math.min(component, max));
}

/** Number of principal components available, at most ten. */
export function availableComponents(state: Read): number {
  const [rows, dims] = state.shown?.step.shape ?? [0, 0];
  return Math.max(1, Math.min(10, rows, dims));
}

/** Fraction of the variance that the picture shows. */
export function drawnVariance(state: Read): number {
  return state.projection === null ? 0 : shownVariance(state.projection, drawnComponents(state));
}

/** The inspector's lists that have content. */
export function availableLists({ row, query, terms }: Read): ListName[] {
  const isAvailable: Record<ListName, boolean> = {
    neighbors: row !== null,
    matches: query !== "",
    sum: terms.length > 0,
  };
  return LISTS.filter((name) => isAvailable[name]);
}

/** The list shown in the inspector: the requested one if it has content, otherwise the first that has. */
export function listInFront(state: Read): ListName | null {
  const lists = availableLists(state);
  return lists.includes(state.list) ? state.list : (lists[0] ?? null);
}

/**
 * Those of the open run first, the worst first, without duplicates. Responses from the browser's cache may report
 * problems that a restarted server has not met yet.
 */
export function problemsInOrder(state: Read): Problem[] {
  const open = state.shown?.run.name ?? null;
  const answers = [state.projection, state.metadata, state.layout, state.quality, state.projectedAxes];
  const found = withRun(
    answers.flatMap((answer) => answer?.problems ?? []),
    open,
  );
  const broken = sequenceProblem(state.sequences);
  return orderProblems([...(state.runs?.problems ?? []), ...found, ...(broken === null ? [] : [broken])], open);
}
