/** The color and the size of each point, and their legend: computed once for all users. */
import { type Coloring, colorShares, computeColoring } from "../data/coloring";
import { Memo } from "../data/memo";
import { computeSizes, type Sizing } from "../data/point_sizes";
import { colorColumn, sizeColumn } from "./derived";
import type { State } from "./state";

type Read = Readonly<State>;

export class PointColors {
  readonly #coloring = new Memo(computeColoring);
  readonly #quality = new Memo(colorShares);
  readonly #sizing = new Memo(computeSizes);

  /** Null if there is no coloring. */
  coloring(state: Read): Coloring | null {
    if (state.colorByQuality && state.quality !== null) return this.#quality.of(state.quality.keptByRow);
    const column = colorColumn(state);
    return column === null ? null : this.#coloring.of(column, state.colorChoice);
  }

  /** Null if no column sets the size. */
  sizing(state: Read): Sizing | null {
    const column = sizeColumn(state);
    return column === null ? null : this.#sizing.of(column);
  }
}
