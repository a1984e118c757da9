/** Points drawn differently: neighbors, the selection and the hovered point on top; and points drawn as labels. */

import type { Columns } from "../math/bounds";
import { GatheredPoints, PointSource } from "./gathered_points";
import { EMPHASIS, type OldPositions, type Raised } from "./scene";

export class RaisedPoints {
  readonly raised: GatheredPoints;
  readonly hovered: GatheredPoints;
  readonly labeled: GatheredPoints;
  hoveredRow: number | null = null;
  hasNeighbors = false;
  hasSelected = false;
  readonly #source = new PointSource();

  constructor(gl: WebGL2RenderingContext) {
    this.raised = new GatheredPoints(gl, this.#source);
    this.hovered = new GatheredPoints(gl, this.#source);
    this.labeled = new GatheredPoints(gl, this.#source);
  }

  get isEmpty(): boolean {
    return this.raised.isEmpty && this.hovered.isEmpty;
  }

  setPositions(positions: Columns, old: OldPositions): void {
    this.#source.setPositions(positions, old);
    this.#gatherAll();
  }

  dropOldPositions(): void {
    this.#source.oldPositions = null;
    for (const { columns } of this.#all) columns.dropOldPositions();
  }

  setColors(colors: Uint8Array | null): void {
    this.#source.colors = colors;
    this.#gatherAll();
  }

  setSizes(sizes: Float32Array | null): void {
    this.#source.sizes = sizes;
    this.#gatherAll();
  }

  setEmphasis(emphasis: Uint8Array | null): void {
    this.#source.emphasis = emphasis;
    this.labeled.gatherEmphasis();
  }

  /** Neighbors come first. */
  setRaised(raised: Raised | null): void {
    this.hasNeighbors = raised?.emphasis[0] === EMPHASIS.neighbor;
    this.hasSelected = raised?.emphasis.at(-1) === EMPHASIS.selected;
    this.raised.setRows((raised?.rows as Uint32Array<ArrayBuffer>) ?? new Uint32Array(0), raised?.emphasis ?? null);
  }

  setHovered(row: number | null): void {
    this.hoveredRow = row;
    this.hovered.setRows(row === null ? new Uint32Array(0) : Uint32Array.of(row), NO_EMPHASIS);
  }

  get #all(): readonly GatheredPoints[] {
    return [this.raised, this.hovered, this.labeled];
  }

  #gatherAll(): void {
    for (const points of this.#all) points.gather();
  }

  dispose(): void {
    for (const points of this.#all) points.dispose();
  }
}

/** Emphasis of the hovered point, which has its own highlight. */
const NO_EMPHASIS = new Uint8Array(1);
