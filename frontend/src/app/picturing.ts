/** Turns the state into what the picture shows. What did not change keeps its identity, so that nothing is uploaded twice. */

import { type Coloring, colorShares, computeColoring } from "../data/coloring";
import { cellText } from "../data/column";
import { isLayoutMethod } from "../data/coordinates";
import { neighborRgb } from "../data/neighbor_colors";
import { colorColumn, drawnCoordinates, drawnDimensions, labelColumn, listInFront } from "../state/derived";
import type { State } from "../state/state";
import { EMPHASIS, type PictureProps } from "../view/picture";
import { Memo } from "./memo";

type Read = Readonly<State>;

/** Labels shown where nobody asked for particular ones. */
const SAMPLED_LABELS = 60;
/** Neighbors and matches that are named in the picture. */
const NAMED_ROWS = 40;

export class Picturing {
  readonly #positions = new Memo(makePositions);
  readonly #coloring = new Memo(computeColoring);
  readonly #quality = new Memo(colorShares);
  readonly #colors = new Memo(computeColors);
  readonly #emphasis = new Memo(computeEmphasis);
  readonly #labelRows = new Memo(computeLabelRows);
  readonly #labels = new Memo(makeLabels);
  readonly #sprite = new Memo((sprite: State["sprite"]) => sprite);
  readonly #axisNames = new Memo((...names: string[]) => names);

  /** The color of each point, and what it means; null where no column colors. */
  coloring(state: Read): Coloring | null {
    if (state.colorByQuality && state.quality !== null) return this.#quality.of(state.quality.keptByRow);
    const column = colorColumn(state);
    return column === null ? null : this.#coloring.of(column);
  }

  /** The picture's props; null while there is nothing to draw. */
  props(state: Read, fallbackRgb: readonly number[]): Partial<PictureProps> | null {
    const drawn = drawnCoordinates(state);
    if (drawn === null) return null;
    const front = listInFront(state);
    const neighborhood = front === "neighbors" ? state.neighborhood : null;
    const matches = front === "matches" ? state.matches : null;
    const { rows } = drawn;
    const base = this.coloring(state)?.colors ?? null;
    return {
      count: rows,
      positions: this.#positions.of(drawn.x, drawn.y, drawn.z),
      dimensions: drawnDimensions(state),
      colors: this.#colors.of(base, neighborhood, rows, fallbackRgb, state.theme),
      emphasis: this.#emphasis.of(rows, state.row, neighborhood, matches),
      labels: state.showLabels ? this.#labels.of(labelColumn(state)) : null,
      labelRows: this.#labelRows.of(rows, state.row, neighborhood, matches, state.showImages && state.sprite !== null),
      sprite: this.#sprite.of(state.sprite),
      showImages: state.showImages && state.sprite !== null,
      axisNames: this.#axisNames.of(...(isLayoutMethod(drawn.method) ? [] : drawn.axisNames)), // Its axes mean nothing.
      theme: state.theme,
    };
  }
}

/** The same arrays are the same positions. */
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

/** The rest fades only where something stands out. */
function computeEmphasis(
  rows: number,
  selected: number | null,
  neighborhood: State["neighborhood"],
  matches: Int32Array | null,
): Uint8Array | null {
  if (selected === null && matches === null) return null;
  const emphasis = new Uint8Array(rows).fill(EMPHASIS.faded);
  for (const row of neighborhood?.rows ?? []) emphasis[row] = EMPHASIS.neighbor;
  for (const row of matches ?? []) emphasis[row] = EMPHASIS.neighbor;
  if (selected !== null) emphasis[selected] = EMPHASIS.selected;
  return emphasis;
}

/** What stands out is named; else a sample spread over the rows. */
function computeLabelRows(
  rows: number,
  selected: number | null,
  neighborhood: State["neighborhood"],
  matches: Int32Array | null,
  hasImages: boolean,
): Int32Array {
  if (selected === null && matches === null) {
    const count = hasImages ? 0 : Math.min(rows, SAMPLED_LABELS); // An image says what its point is.
    return Int32Array.from({ length: count }, (_, index) => Math.floor((index * rows) / count));
  }
  const named = [...(neighborhood?.rows.subarray(0, NAMED_ROWS) ?? []), ...(matches?.subarray(0, NAMED_ROWS) ?? [])];
  return Int32Array.from(selected === null ? named : [selected, ...named]);
}

function makeLabels(column: ReturnType<typeof labelColumn>): PictureProps["labels"] {
  return column === null ? (row) => String(row) : (row) => cellText(column, row) ?? "";
}
