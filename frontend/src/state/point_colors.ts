/** The color and the size of each point, and their legend: computed once for all users. */
import { choiceFor } from "../data/color_choice";
import { type Coloring, colorShares, computeColoring, type Legend, sharesColumn } from "../data/coloring";
import type { NumberColumn } from "../data/column";
import { legendAmong, sizeLegendAmong } from "../data/legend_among";
import { Memo } from "../data/memo";
import { computeSizes, type SizeLegend, type Sizing } from "../data/point_sizes";
import { colorColumn, isColoredByQuality, sizeColumn } from "./derived";
import type { State } from "./state";

type Read = Readonly<State>;

export class PointColors {
  readonly #coloring = new Memo(computeColoring);
  readonly #quality = new Memo(colorShares);
  readonly #sizing = new Memo(computeSizes);
  readonly #shares = new Memo(sharesColumn);
  readonly #legendAmong = new Memo(legendAmong);
  readonly #sizeLegendAmong = new Memo(sizeLegendAmong);

  /** Null if there is no coloring. */
  coloring(state: Read): Coloring | null {
    const shares = this.#sharesOf(state);
    if (shares !== null) return this.#quality.of(shares);
    const column = colorColumn(state);
    return column === null ? null : this.#coloring.of(column, choiceFor(state.colorChoices, column.name));
  }

  /** Null if no column sets the size. */
  sizing(state: Read): Sizing | null {
    const column = sizeColumn(state);
    return column === null ? null : this.#sizing.of(column);
  }

  /** Its counts are those of the isolated points, if there are any. */
  legend(state: Read): Legend | null {
    const legend = this.coloring(state)?.legend ?? null;
    const rows = state.subset?.rows;
    if (legend === null || rows === undefined) return legend;
    return this.#legendAmong.of(legend, this.#sharesOf(state) ?? colorColumn(state)!, rows);
  }

  /** As `legend`. */
  sizeLegend(state: Read): SizeLegend | null {
    const legend = this.sizing(state)?.legend ?? null;
    const rows = state.subset?.rows;
    return legend === null || rows === undefined ? legend : this.#sizeLegendAmong.of(legend, sizeColumn(state)!, rows);
  }

  /** The quality by which points are colored, if they are. */
  #sharesOf(state: Read): NumberColumn | null {
    return isColoredByQuality(state) ? this.#shares.of(state.quality!.keptByRow) : null;
  }
}
