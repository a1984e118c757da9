/** Converts the state to the picture's props. Unchanged values keep their identity: nothing is uploaded twice. */

import { type Column, cellText } from "../data/column";
import { isLayoutMethod } from "../data/coordinates";
import { importantRows } from "../data/important_rows";
import { Memo } from "../data/memo";
import { neighborRgb } from "../data/neighbor_colors";
import { intersectRows, isInRows } from "../data/row_sets";
import { spreadRows } from "../data/spread_rows";
import { MAX_LABEL_POINTS } from "../features/drawing/fields";
import { drawnCoordinates, drawnDimensions, importanceColumn, labelColumn } from "../state/derived";
import type { PointColors } from "../state/point_colors";
import { standingOut } from "../state/selected_rows";
import type { State } from "../state/state";
import { EMPHASIS, type PictureProps } from "../view/picture";

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
  readonly #labelPoints = new Memo(chooseLabelPoints);
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
      labels: state.showLabels ? this.#labels.of(labelColumn(state)) : null,
      labelRows: this.#labelRows.of(
        state.subset?.rows ?? rows,
        row,
        this.#chosen.of(state.selection ?? matches, importance) ?? this.#named.of(selection, neighborhood),
        state.showImages && state.sprite !== null,
        importance,
      ),
      sprite: this.#sprite.of(state.sprite),
      showImages: state.showImages && state.sprite !== null,
      imagesNear: state.imagesNear,
      axisNames: this.#axisNames.of(...(isLayoutMethod(drawn.method) ? [] : drawn.axisNames)), // Axes without meaning.
      showAxes: state.showAxes,
      theme: state.theme,
      tool: state.tool,
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
  const colors = base?.slice() ?? filled(rows, fallback);
  neighborhood.rows.forEach((row, index) => {
    colors.set(neighborRgb(neighborhood, index, theme), 4 * row);
  });
  return colors;
}

function filled(rows: number, rgb: readonly number[]): Uint8Array {
  const colors = new Uint8Array(4 * rows);
  new Uint32Array(colors.buffer).fill(new Uint32Array(Uint8Array.of(rgb[0]!, rgb[1]!, rgb[2]!, 255).buffer)[0]!);
  return colors;
}

/** Other points fade only if some are highlighted. Filtered-out rows fade, unless selected. */
function computeEmphasis(
  columns: DoubleBuffer,
  rows: number,
  row: number | null,
  selection: Int32Array | null,
  neighborhood: State["neighborhood"],
  matches: Int32Array | null,
  filtered: Int32Array | null,
): Uint8Array | null {
  const standsOut = row !== null || selection !== null || matches !== null;
  if (!standsOut && filtered === null) return null;
  const emphasis = columns.next(rows).fill(EMPHASIS.faded);
  if (!standsOut) mark(emphasis, filtered, EMPHASIS.plain);
  const isLeft = (neighbor: number) => filtered === null || isInRows(filtered, neighbor);
  mark(emphasis, neighborhood?.rows.filter(isLeft) ?? null, EMPHASIS.neighbor);
  mark(emphasis, matches && filtered ? intersectRows(matches, filtered) : matches, EMPHASIS.neighbor);
  mark(emphasis, selection, EMPHASIS.selected);
  if (row !== null) emphasis[row] = EMPHASIS.selected;
  return emphasis;
}

function mark(emphasis: Uint8Array, rows: Int32Array | null, kind: number): void {
  if (rows !== null) for (let at = 0; at < rows.length; at++) emphasis[rows[at]!] = kind;
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

/** All points if there are not too many; otherwise the most important, or a sample spread over all. */
function chooseLabelPoints(
  text: PictureProps["labels"],
  among: number | Int32Array,
  count: number,
  importance: Column | null,
): PictureProps["labelPoints"] {
  if (text === null) return null;
  if (count <= MAX_LABEL_POINTS)
    return { rows: Int32Array.from({ length: count }, (_, row) => row), isAll: true, text };
  return { rows: sampleRows(among, MAX_LABEL_POINTS, importance), isAll: false, text };
}
