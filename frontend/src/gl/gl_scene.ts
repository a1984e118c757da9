/** The scene on the GPU: the points' columns, and the passes that draw them into the bound framebuffer. */

import type { Columns } from "../math/bounds";
import type { DensityPass } from "./density_pass";
import { LabelsPass } from "./labels_pass";
import { LinesPass } from "./lines_pass";
import type { FrameSize } from "./offscreen_picture";
import { PointColumns } from "./point_columns";
import { PointsPass } from "./points_pass";
import { RaisedPoints } from "./raised_points";
import {
  EMPHASIS,
  type LabelSheet,
  MAX_RINGED,
  type OldPositions,
  PASS,
  type Raised,
  SOLID_ALPHA,
  type SpriteSheet,
  type View,
} from "./scene";
import { SpriteTexture } from "./sprite_texture";
import { SpritesPass } from "./sprites_pass";

/** Number of points below which they are one chunk; otherwise CHUNKS, a prime, so that no period of the data aligns. */
const ONE_CHUNK_COUNT = 16_384;
const CHUNKS = 61;

/** A line costs at least as much as a point. */
function chunksFor(count: number, pairs: Uint32Array | null): number {
  return Math.max(count, (pairs?.length ?? 0) / 2) <= ONE_CHUNK_COUNT ? 1 : CHUNKS;
}

export class GlScene {
  chunks = 1;
  readonly #points: PointsPass;
  /** Created with the first image: compiling it earlier would delay the first picture. */
  #sprites: SpritesPass | null = null;
  readonly #all: PointColumns;
  readonly #over: RaisedPoints;
  /** Created on first use. */
  #lines: LinesPass | null = null;
  #labels: LabelsPass | null = null;
  #labelSheet: LabelSheet | null = null;
  /** The texts of a part of a saved picture; null: those of the screen. */
  #partSheets: (() => Iterable<LabelSheet>) | null = null;
  #sheet: SpriteTexture | null = null;
  #showImages = false;
  #hasEmphasis = false;
  #pairs: Uint32Array | null = null;
  #count = 0;

  constructor(protected readonly gl: WebGL2RenderingContext) {
    this.#points = new PointsPass(gl);
    this.#all = new PointColumns(gl);
    this.#over = new RaisedPoints(gl);
  }

  setPositions(positions: Columns, count: number, old: OldPositions): void {
    this.#count = count;
    this.chunks = chunksFor(count, this.#pairs);
    this.#all.setPositions(positions, count, old);
    this.#over.setPositions(positions, old);
  }

  dropOldPositions(): void {
    for (const points of [this.#all, this.#over]) points.dropOldPositions();
  }

  setColors(colors: Uint8Array | null): void {
    for (const points of [this.#all, this.#over]) points.setColors(colors);
  }

  setSizes(sizes: Float32Array | null): void {
    for (const points of [this.#all, this.#over]) points.setSizes(sizes);
  }

  setEmphasis(emphasis: Uint8Array | null): void {
    this.#hasEmphasis = emphasis !== null;
    for (const points of [this.#all, this.#over]) points.setEmphasis(emphasis);
  }

  setRaised(raised: Raised | null): void {
    this.#over.setRaised(raised);
  }

  setHovered(row: number | null): void {
    this.#over.setHovered(row);
  }

  setLines(pairs: Uint32Array | null): void {
    this.#pairs = pairs;
    this.chunks = chunksFor(this.#count, pairs);
  }

  setLabels(sheet: LabelSheet | null): void {
    this.#labelSheet = sheet;
    this.#useSheet(sheet);
  }

  #useSheet(sheet: LabelSheet | null): void {
    this.#over.labeled.setRows(sheet?.rows ?? new Uint32Array(0), null);
    if (sheet === null) return;
    this.#labels ??= new LabelsPass(this.gl);
    this.#labels.setSheet(sheet);
  }

  /** Draws with other texts than those of the screen. */
  withSheets<T>(sheets: (() => Iterable<LabelSheet>) | null, draw: () => T): T {
    if (sheets === null) return draw();
    this.#partSheets = sheets;
    try {
      return draw();
    } finally {
      this.#partSheets = null;
      this.#useSheet(this.#labelSheet);
    }
  }

  /** One draw per sheet. */
  #drawTexts(view: View, frame: FrameSize, emphasis: number | null, isBeside: boolean): void {
    const { columns } = this.#over.labeled;
    if (this.#partSheets === null) this.#labels?.draw(view, frame, emphasis, columns, isBeside);
    for (const sheet of this.#partSheets?.() ?? []) {
      this.#useSheet(sheet);
      this.#labels?.draw(view, frame, emphasis, columns, isBeside);
    }
  }

  setSprite(sheet: SpriteSheet | null): void {
    this.#sheet?.dispose();
    this.#sheet = sheet && new SpriteTexture(this.gl, sheet);
  }

  setSpritePage(page: number, image: ImageBitmap): void {
    this.#sheet?.setPage(page, image);
  }

  setShowImages(show: boolean): void {
    this.#showImages = show;
  }

  get hasLines(): boolean {
    return this.#pairs !== null;
  }

  /** Draws chunks `from` (inclusive) to `to` (exclusive) of this pass as they are, not as a density. */
  drawPass(view: View, frame: FrameSize, pass: number, from: number, to: number): void {
    if (pass === PASS.lines) this.#drawLines(view, from, to);
    else if (pass === PASS.labels) this.#drawLabels(view, frame, from);
    else this.#drawPoints(view, frame, pass, from, to);
  }

  #drawLines(view: View, from: number, to: number): void {
    const { gl, chunks } = this;
    const pairs = this.#pairs;
    if (!pairs) return;
    this.#setBlending(view.depth);
    this.#lines ??= new LinesPass(gl);
    this.#lines.setLines(pairs, chunks);
    this.#lines.draw(view, this.#all, from, to);
  }

  addToDensity(density: DensityPass, view: View, emphasis: number, from: number, to: number): void {
    density.draw(view, this.#hasEmphasis ? emphasis : null, this.#all, [from, to, this.chunks]);
  }

  /** Labels beside their points; all of them are drawn with the first chunk. */
  #drawLabels(view: View, frame: FrameSize, from: number): void {
    if (from > 0) return;
    this.#setBlending(view.depth);
    this.#drawTexts(view, frame, null, true);
  }

  #drawPoints(view: View, frame: FrameSize, emphasis: number, from: number, to: number): void {
    const { chunks } = this;
    const labelSheet = this.#labelSheet;
    this.#setBlending(view.depth && emphasis !== EMPHASIS.faded, view.alpha >= SOLID_ALPHA);
    const filter = this.#hasEmphasis ? emphasis : null;
    if (labelSheet?.isAll) {
      if (from === 0) this.#drawTexts(view, frame, filter, false);
      return;
    }
    const pass = this.#beginPass(view, frame, filter, false);
    for (let chunk = from; chunk < to; chunk++) pass.draw(this.#all, chunk, chunks);
  }

  /** Faded points lie behind all others regardless of depth, so they are drawn without it. */
  #setBlending(depth: boolean, isSolid = true): void {
    const { gl } = this;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    if (depth) gl.enable(gl.DEPTH_TEST);
    else gl.disable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.depthMask(isSolid);
  }

  #beginPass(
    view: View,
    frame: FrameSize,
    filter: number | null,
    hovered: boolean,
    ringed = false,
  ): PointsPass | SpritesPass {
    if (this.#showImages && view.hasRoomForImages && this.#sheet?.isWhole) {
      this.#sprites ??= new SpritesPass(this.gl);
      this.#sprites.begin(view, frame, filter, hovered, this.#sheet);
      return this.#sprites;
    }
    this.#points.begin(view, filter, hovered, ringed);
    return this.#points;
  }

  /** Neighbors by depth, then the selection, then (unless it is left out) the hovered point, each over the previous. */
  drawRaised(view: View, frame: FrameSize, withHovered: boolean): void {
    const { gl } = this;
    const over = this.#over;
    if (over.isEmpty) return;
    this.#setBlending(view.depth);
    if (this.#labelSheet?.isAll) {
      this.#drawRaisedLabels(view, frame, withHovered);
      return;
    }
    const { columns } = over.raised;
    const areRinged = columns.count <= MAX_RINGED;
    if (over.hasNeighbors) this.#beginPass(view, frame, EMPHASIS.neighbor, false, areRinged).draw(columns, 0, 1);
    gl.disable(gl.DEPTH_TEST);
    if (over.hasSelected) this.#beginPass(view, frame, EMPHASIS.selected, false).draw(columns, 0, 1);
    if (withHovered) this.#beginPass(view, frame, null, true).draw(over.hovered.columns, 0, 1);
  }

  #drawRaisedLabels(view: View, frame: FrameSize, withHovered: boolean): void {
    const { columns } = this.#over.labeled;
    this.gl.disable(this.gl.DEPTH_TEST);
    for (const kind of [EMPHASIS.neighbor, EMPHASIS.selected]) this.#drawTexts(view, frame, kind, false);
    if (withHovered) this.#labels?.drawHovered(view, frame, columns, this.#over.hoveredRow);
  }

  dispose(): void {
    const passes = [this.#points, this.#sprites, this.#lines, this.#labels];
    for (const part of [...passes, this.#all, this.#over, this.#sheet]) part?.dispose();
  }
}
