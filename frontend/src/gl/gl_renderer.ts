/**
 * The WebGL2 renderer: plain and faded points go into a cached picture, incrementally; neighbors, the selection and the
 * hovered point are drawn over a copy of it, so that they can change without redrawing the others.
 */

import type { Columns } from "../math/bounds";
import { DensityPass } from "./density_pass";
import { LabelsPass } from "./labels_pass";
import { LinesPass } from "./lines_pass";
import { OffscreenPicture } from "./offscreen_picture";
import { PointColumns } from "./point_columns";
import { PointsPass } from "./points_pass";
import { RaisedPoints } from "./raised_points";
import { readCanvas } from "./read_canvas";
import {
  EMPHASIS,
  type LabelSheet,
  MAX_RINGED,
  type OldPositions,
  PASS,
  type Raised,
  type Renderer,
  type SpriteSheet,
  type View,
} from "./scene";
import { SpriteTexture } from "./sprite_texture";
import { SpritesPass } from "./sprites_pass";

/** Below this number, points are one chunk; otherwise CHUNKS, a prime, so that no period of the data aligns. */
const ONE_CHUNK_COUNT = 16_384;
const CHUNKS = 61;

/** Below this alpha, points do not occlude what is behind them. */
const SOLID_ALPHA = 0.7;

/**
 * Rasterizers without a GPU in Chromium, Mesa and Windows; a browser that does not report one is assumed to have one.
 */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

/** A line costs at least as much as a point. */
function chunksFor(count: number, pairs: Uint32Array | null): number {
  return Math.max(count, (pairs?.length ?? 0) / 2) <= ONE_CHUNK_COUNT ? 1 : CHUNKS;
}

export class GlRenderer implements Renderer {
  chunks = 1;
  readonly textureMaxPx: number;
  readonly isSoftware: boolean;
  readonly #points: PointsPass;
  /** Created with the first image: compiling it earlier would delay the first picture. */
  #sprites: SpritesPass | null = null;
  readonly #all: PointColumns;
  readonly #over: RaisedPoints;
  /** Created on first use. */
  #lines: LinesPass | null = null;
  #density: DensityPass | null = null;
  #labels: LabelsPass | null = null;
  #labelSheet: LabelSheet | null = null;
  readonly #pictures: readonly [OffscreenPicture, OffscreenPicture];
  #shown: OffscreenPicture;
  #drawn: OffscreenPicture;
  #view: View | null = null;
  #sheet: SpriteTexture | null = null;
  #showImages = false;
  #hasEmphasis = false;
  #fence: WebGLSync | null = null;
  #pairs: Uint32Array | null = null;
  #count = 0;
  /** Fraction of the points in the density sums. */
  #share = 0;
  #hasLines = false;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.textureMaxPx = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.isSoftware = isSoftware(gl);
    this.#points = new PointsPass(gl);
    this.#all = new PointColumns(gl);
    this.#over = new RaisedPoints(gl);
    this.#pictures = [new OffscreenPicture(gl), new OffscreenPicture(gl)];
    [this.#shown, this.#drawn] = this.#pictures;
  }

  isIdle(): boolean {
    const { gl } = this;
    const fence = this.#fence;
    if (!fence) return true;
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) return false;
    gl.deleteSync(fence);
    this.#fence = null;
    return true;
  }

  resize(width: number, height: number): void {
    for (const picture of this.#pictures) picture.resize(width, height);
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
    this.#over.labelled.setRows(sheet?.rows ?? new Uint32Array(0), null);
    if (sheet === null) return;
    this.#labels ??= new LabelsPass(this.gl);
    this.#labels.setSheet(sheet);
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

  begin(view: View): void {
    const { gl } = this;
    this.#view = view;
    this.#drawn = this.#pictures[this.#shown === this.#pictures[0] ? 1 : 0];
    this.#drawn.bind();
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    this.#clear(view);
    this.#hasLines = false;
    if (view.densityPeak === null) return;
    this.#density ??= new DensityPass(gl);
    this.#density.begin(gl.drawingBufferWidth, gl.drawingBufferHeight);
  }

  #clear({ style }: View): void {
    const { gl } = this;
    gl.depthMask(true);
    gl.clearColor(style.ground[0], style.ground[1], style.ground[2], 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  }

  draw(pass: number, from: number, to: number): void {
    const view = this.#view;
    if (!view) return;
    if (pass === PASS.lines) this.#drawLines(view, from, to);
    else if (pass === PASS.labels) this.#drawLabels(view, from);
    else if (view.densityPeak !== null) this.#addToDensity(view, pass, from, to);
    else this.#drawPoints(view, pass, from, to);
  }

  #drawLines(view: View, from: number, to: number): void {
    const { gl, chunks } = this;
    const pairs = this.#pairs;
    if (!pairs) return;
    this.#lines ??= new LinesPass(gl);
    this.#lines.setLines(pairs, chunks);
    this.#drawn.bind();
    this.#setBlending(view.depth);
    this.#lines.draw(view, this.#all, from, to);
    this.#hasLines = true;
  }

  #addToDensity(view: View, emphasis: number, from: number, to: number): void {
    this.gl.viewport(0, 0, this.gl.drawingBufferWidth, this.gl.drawingBufferHeight);
    this.#density?.draw(view, this.#hasEmphasis ? emphasis : null, this.#all, [from, to, this.chunks]);
    this.#share = to / this.chunks;
  }

  /** Labels beside their points; all of them are drawn with the first chunk. */
  #drawLabels(view: View, from: number): void {
    if (from > 0) return;
    this.#drawn.bind();
    this.#setBlending(view.depth);
    this.#labels?.draw(view, null, this.#over.labelled.columns, true);
  }

  #drawPoints(view: View, emphasis: number, from: number, to: number): void {
    const { chunks } = this;
    const labelSheet = this.#labelSheet;
    this.#drawn.bind();
    this.#setBlending(view.depth && emphasis !== EMPHASIS.faded, view.alpha >= SOLID_ALPHA);
    const filter = this.#hasEmphasis ? emphasis : null;
    if (labelSheet?.isAll) {
      if (from === 0) this.#labels?.draw(view, filter, this.#over.labelled.columns, false);
      return;
    }
    const pass = this.#beginPass(view, filter, false);
    for (let chunk = from; chunk < to; chunk++) pass.draw(this.#all, chunk, chunks);
  }

  /** Faded points lie behind all others regardless of depth, so they are drawn without it. */
  #setBlending(depth: boolean, isSolid = true): void {
    const { gl } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    if (depth) gl.enable(gl.DEPTH_TEST);
    else gl.disable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.depthMask(isSolid);
  }

  #beginPass(view: View, filter: number | null, hovered: boolean, ringed = false): PointsPass | SpritesPass {
    if (this.#showImages && view.hasRoomForImages && this.#sheet?.isWhole) {
      this.#sprites ??= new SpritesPass(this.gl);
      this.#sprites.begin(view, filter, hovered, this.#sheet);
      return this.#sprites;
    }
    this.#points.begin(view, filter, hovered, ringed);
    return this.#points;
  }

  reveal(): void {
    if (this.#view?.densityPeak != null) this.#revealDensity(this.#view, this.#view.densityPeak);
    this.#shown = this.#drawn;
  }

  /**
   * Draws the density over the lines, which are drawn first and complete; without lines, over a cleared picture, since
   * the density may be revealed repeatedly.
   */
  #revealDensity(view: View, peak: number): void {
    this.#drawn.bind();
    if (!this.#hasLines) this.#clear(view);
    this.#density?.reveal(view, peak, this.#share);
  }

  present(view: View): void {
    const { gl } = this;
    const over = this.#over;
    this.#shown.copyToCanvas();
    if (!over.isEmpty) this.#drawRaised(view);
    if (!this.#fence) this.#fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /** Neighbors by depth, then the selection, then the hovered point, each over the previous ones. */
  #drawRaised(view: View): void {
    const { gl } = this;
    const over = this.#over;
    this.#setBlending(view.depth);
    if (this.#labelSheet?.isAll) {
      gl.disable(gl.DEPTH_TEST);
      for (const kind of [EMPHASIS.neighbor, EMPHASIS.selected]) {
        this.#labels?.draw(view, kind, over.labelled.columns, false);
      }
      this.#labels?.drawHovered(view, over.labelled.columns, over.hoveredRow);
      return;
    }
    const { columns } = over.raised;
    this.#beginPass(view, EMPHASIS.neighbor, false, columns.count <= MAX_RINGED).draw(columns, 0, 1);
    gl.disable(gl.DEPTH_TEST);
    this.#beginPass(view, EMPHASIS.selected, false).draw(columns, 0, 1);
    this.#beginPass(view, null, true).draw(over.hovered.columns, 0, 1);
  }

  readPixels(): { width: number; height: number; data: Uint8ClampedArray } {
    if (this.#view) this.present(this.#view);
    return readCanvas(this.gl);
  }

  dispose(): void {
    const passes = [this.#points, this.#sprites, this.#lines, this.#density, this.#labels];
    const parts = [...passes, this.#all, this.#over, ...this.#pictures, this.#sheet];
    for (const part of parts) part?.dispose();
    if (this.#fence) this.gl.deleteSync(this.#fence);
  }
}
