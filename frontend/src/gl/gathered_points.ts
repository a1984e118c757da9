/** A subset of the points with gathered columns: those drawn over the others, or in a different way. */

import { type Columns, gatherColumns } from "../math/bounds";
import { gather } from "../math/gather";
import { PointColumns } from "./point_columns";
import type { OldPositions } from "./scene";

/** The columns of all points, as last set. */
export class PointSource {
  positions: Columns | null = null;
  oldPositions: Columns | null = null;
  colors: Uint8Array | null = null;
  sizes: Float32Array | null = null;
  emphasis: Uint8Array | null = null;

  setPositions(positions: Columns, old: OldPositions): void {
    if (old !== "hold") this.oldPositions = old === "replace" ? this.positions : null;
    this.positions = positions;
  }
}

export class GatheredPoints {
  readonly columns: PointColumns;
  #rows = new Uint32Array(0);
  #emphasis: Uint8Array | null = null;

  constructor(
    gl: WebGL2RenderingContext,
    private readonly source: PointSource,
  ) {
    this.columns = new PointColumns(gl);
  }

  get isEmpty(): boolean {
    return this.columns.count === 0;
  }

  /** `emphasis` of these rows; null: the emphasis of the source. */
  setRows(rows: Uint32Array<ArrayBuffer>, emphasis: Uint8Array | null): void {
    [this.#rows, this.#emphasis] = [rows, emphasis];
    this.gather();
  }

  /** Must be called after the source has changed. */
  gather(): void {
    const { columns, source } = this;
    const rows = this.#rows;
    const { positions, oldPositions, colors, sizes } = source;
    if (!positions) return;
    if (oldPositions) columns.setPositions(gatherColumns(oldPositions, rows), rows.length, "drop");
    columns.setPositions(gatherColumns(positions, rows), rows.length, oldPositions === null ? "drop" : "replace");
    columns.setColors(colors && gather(colors, rows, 4));
    columns.setSizes(sizes && gather(sizes, rows));
    columns.setRows(rows);
    this.gatherEmphasis();
  }

  gatherEmphasis(): void {
    const { emphasis } = this.source;
    this.columns.setEmphasis(this.#emphasis ?? (emphasis && gather(emphasis, this.#rows)));
  }

  dispose(): void {
    this.columns.dispose();
  }
}
