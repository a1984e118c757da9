/** Converts the state to the picture's props. Unchanged values keep their identity: nothing is uploaded twice. */

import { nameClasses } from "../data/class_names";
import { classesOf } from "../data/classes";
import { type Column, cellText } from "../data/column";
import { isLayoutMethod } from "../data/coordinates";
import { importantRows } from "../data/important_rows";
import { Memo } from "../data/memo";
import { neighborColors, paintOver } from "../data/neighbor_colors";
import { spreadRows } from "../data/spread_rows";
import { drawnCoordinates, drawnDimensions, importanceColumn, labelColumn, namingColumn } from "../state/derived";
import type { PointColors } from "../state/point_colors";
import { standingOut } from "../state/selected_rows";
import type { State } from "../state/state";
import { chooseLabelPoints } from "../view/choose_label_points";
import { emphasisOf } from "../view/emphasis_column";
import type { PictureProps } from "../view/picture";

type Read = Readonly<State>;

/** Number of candidate rows for labels if none were requested: as many are shown as fit. */
const SAMPLED_LABELS = 20_000;
/** Maximum number of neighbors and matches that are labeled. */
const NAMED_ROWS = 40;

/** Two alternating columns: one is shown while the other is written, since changes are detected by identity. */
class DoubleBuffer {
  #shown = new Uint8Array(0);
  #spare = new Uint8Array(0);

  next(rows: number): Uint8Array {
    const column = this.#spare.length === rows ? this.#spare : new Uint8Array(rows);
    [this.#spare, this.#shown] = [this.#shown, column];
    return column;
  }
}

export class Picturing {
  readonly #positions = new Memo(makePositions);
  readonly #colors = new Memo(computeColors);
  readonly #emphasisColumns = new DoubleBuffer();
  readonly #emphasis = new Memo(computeEmphasis);
  readonly #labelRows = new Memo(computeLabelRows);
  readonly #labels = new Memo(makeLabels);
  readonly #classesOf = new Memo(classesOf);
  readonly #classes = new Memo(nameClasses);
  readonly #labelPoints = new Memo(labelPointsOf);
  readonly #sprite = new Memo((sprite: State["sprite"]) => sprite);
  readonly #named = new Memo(namedRows);
  readonly #chosen = new Memo(chosenRows);
  readonly #axisNames = new Memo((...names: string[]) => names);

  constructor(private readonly colors: PointColors) {}

  /** The picture's props; null while there is nothing to draw. `pointRgb`: the default color of points. */
  props(state: Read, pointRgb: () => readonly number[]): Partial<PictureProps> | null {
    const drawn = drawnCoordinates(state);
    if (drawn === null) return null;
    const { row, selection, neighborhood, matches } = standingOut(state);
    const { rows } = drawn;
    const importance = importanceColumn(state);
    const base = this.colors.coloring(state)?.colors ?? null;
    return {
      count: rows,
      positions: this.#positions.of(drawn.x, drawn.y, drawn.z),
      isLayout: drawn.iteration !== null,
      dimensions: drawnDimensions(state),
      colors: this.#colors.of(base, neighborhood, rows, pointRgb(), state.theme),
      sizes: this.colors.sizing(state)?.sizes ?? null,
      emphasis: this.#emphasis.of(
        this.#emphasisColumns,
        rows,
        row,
        selection,
        neighborhood,
        matches,
        state.filteredRows,
      ),
      awaitsNeighbors: state.tasks.neighbors !== undefined,
      labels: state.showLabels ? this.#labels.of(labelColumn(state)) : null,
      labelRows: this.#labelRows.of(
        state.subset?.rows ?? rows,
        row,
        this.#chosen.of(state.selection ?? matches, importance) ?? this.#named.of(selection, neighborhood),
        state.showImages && state.sprite !== null,
        importance,
      ),
      classes: this.#nameClasses(state, rows),
      sprite: this.#sprite.of(state.sprite),
      showImages: state.showImages && state.sprite !== null,
      imagesNear: state.imagesNear,
      axisNames: this.#axisNames.of(...(isLayoutMethod(drawn.method) ? [] : drawn.axisNames)), // Axes without meaning.
      showAxes: state.showAxes,
      theme: state.theme,
      tool: state.tool,
      selectable: state.filteredRows,
      rotating: state.rotating,
      showMinimap: state.showMinimap,
      covered: state.legendCorner,
      pointSize: state.pointSize || null,
      opacity: state.opacity || null,
      fog: state.fog,
      sizeByDepth: state.sizeByDepth,
      density: state.density,
      labelPoints: state.labelPoints
        ? this.#labelPoints.of(this.#labels.of(labelColumn(state)), state.subset?.rows ?? rows, rows, importance)
        : null,
      lines: state.showLines ? (state.sequences?.pairs ?? null) : null,
    };
  }

  /** Null if they have no names: the colors are of numbers, or of no column. */
  #nameClasses(state: Read, rows: number): PictureProps["classes"] {
    const [column, legend] = [namingColumn(state), this.colors.coloring(state)?.legend];
    if (column === null || legend?.kind !== "categorical") return null;
    const classes = this.#classesOf.of(column);
    return this.#classes.of(classes, legend.categories, state.subset?.rows ?? rows, state.filteredRows);
  }
}

/** The points of a sum, then its neighbors. */
function namedRows(terms: Int32Array | null, neighborhood: State["neighborhood"]): Int32Array | null {
  const near = neighborhood?.rows ?? null;
  return terms === null || near === null ? (near ?? terms) : Int32Array.of(...terms, ...near.subarray(0, NAMED_ROWS));
}

/** Those of the selected or found rows that are to be labeled. */
function chosenRows(rows: Int32Array | null, importance: Column | null): Int32Array | null {
  return rows === null || importance === null ? rows : importantRows(importance, rows, NAMED_ROWS);
}

/** The same arrays yield the same object. */
function makePositions(x: Float32Array, y: Float32Array, z: Float32Array | null): PictureProps["positions"] {
  return { x, y, z };
}

function computeColors(
  base: Uint8Array | null,
  neighborhood: State["neighborhood"],
  rows: number,
  fallback: readonly number[],
  theme: State["theme"],
): Uint8Array | null {
  if (neighborhood === null) return base;
  return paintOver(base, rows, fallback, neighborhood.rows, neighborColors(neighborhood, theme));
}

function computeEmphasis(
  columns: DoubleBuffer,
  rows: number,
  row: number | null,
  selection: Int32Array | null,
  neighborhood: State["neighborhood"],
  matches: Int32Array | null,
  filtered: Int32Array | null,
): Uint8Array | null {
  const standing = { row, selection, neighbors: neighborhood?.rows ?? null, matches, filtered };
  return emphasisOf(standing, () => columns.next(rows));
}

/** Labels the highlighted points; otherwise the most important of all points, or a sample spread over them. */
function computeLabelRows(
  all: number | Int32Array,
  row: number | null,
  standingOut: Int32Array | null,
  hasImages: boolean,
  importance: Column | null,
): Int32Array {
  if (row !== null || standingOut !== null) {
    const named = standingOut?.subarray(0, NAMED_ROWS) ?? [];
    return Int32Array.from(row === null ? named : [row, ...named]);
  }
  return sampleRows(all, hasImages ? 0 : SAMPLED_LABELS, importance); // Images identify points without labels.
}

/** At most `max` of all points, which are given by their number or as rows. */
function sampleRows(all: number | Int32Array, max: number, importance: Column | null): Int32Array {
  if (importance !== null) return importantRows(importance, all, max);
  if (typeof all === "number") return spreadRows(all, max);
  return spreadRows(all.length, max).map((index) => all[index]!);
}

function makeLabels(column: ReturnType<typeof labelColumn>): PictureProps["labels"] {
  return column === null ? (row) => String(row) : (row) => cellText(column, row) ?? "";
}

function labelPointsOf(
  text: PictureProps["labels"],
  among: number | Int32Array,
  count: number,
  importance: Column | null,
): PictureProps["labelPoints"] {
  return text && chooseLabelPoints(text, count, (max) => sampleRows(among, max, importance));
}
