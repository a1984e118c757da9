/** The color and the size of each point, and what they mean: computed once for all who ask. */
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

  /** Null where nothing colors. */
  coloring(state: Read): Coloring | null {
    if (state.colorByQuality && state.quality !== null) return this.#quality.of(state.quality.keptByRow);
    const column = colorColumn(state);
    return column === null ? null : this.#coloring.of(column, state.colorChoice);
  }

  /** Null where no column sizes. */
  sizing(state: Read): Sizing | null {
    const column = sizeColumn(state);
    return column === null ? null : this.#sizing.of(column);
  }
}
