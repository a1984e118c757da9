/**
 * The WebGL2 renderer: plain and faded points into a kept picture, bit by bit; neighbors, the selection and the hovered
 * point over a copy of it, so that they change without the others being drawn again.
 */

import type { Columns } from "../math/bounds";
import { gather } from "./gather";
import { KeptPicture } from "./kept_picture";
import { PointColumns } from "./point_columns";
import { PointsPass } from "./points_pass";
import { EMPHASIS, type OldPositions, type Raised, type Renderer, type SpriteSheet, type View } from "./scene";
import { SpriteTexture } from "./sprite_texture";
import { SpritesPass } from "./sprites_pass";

/** Fewer points than this are drawn as one chunk; more in this many, a prime, so that no period of the data aligns. */
const ONE_CHUNK_COUNT = 16_384;
const CHUNKS = 61;

/** Chromium's, Mesa's and Windows' rasterisers without a GPU; a browser that does not tell has one. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

export class GlRenderer implements Renderer {
  chunks = 1;
  readonly textureMaxPx: number;
  readonly isSoftware: boolean;
  private readonly points: PointsPass;
  /** Made when the first image is there: compiling it would hold up the first picture. */
  private sprites: SpritesPass | null = null;
  private readonly all: PointColumns;
  private readonly raised: PointColumns;
  private readonly hovered: PointColumns;
  private readonly pictures: readonly [KeptPicture, KeptPicture];
  private shown: KeptPicture;
  private drawn: KeptPicture;
  private view: View | null = null;
  private sheet: SpriteTexture | null = null;
  private showImages = false;
  private hasEmphasis = false;
  private fence: WebGLSync | null = null;
  private positions: Columns | null = null;
  private oldPositions: Columns | null = null;
  private colors: Uint8Array | null = null;
  private raisedRows: Raised | null = null;
  private hoveredRow: number | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.textureMaxPx = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.isSoftware = isSoftware(gl);
    this.points = new PointsPass(gl);
    [this.all, this.raised, this.hovered] = [new PointColumns(gl), new PointColumns(gl), new PointColumns(gl)];
    this.pictures = [new KeptPicture(gl), new KeptPicture(gl)];
    [this.shown, this.drawn] = this.pictures;
  }

  isIdle(): boolean {
    const { gl, fence } = this;
    if (!fence) return true;
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) return false;
    gl.deleteSync(fence);
    this.fence = null;
    return true;
  }

  resize(width: number, height: number): void {
    for (const picture of this.pictures) picture.resize(width, height);
  }

  setPositions(positions: Columns, count: number, old: OldPositions): void {
    if (old !== "hold") this.oldPositions = old === "replace" ? this.positions : null;
    this.positions = positions;
    this.chunks = count <= ONE_CHUNK_COUNT ? 1 : CHUNKS;
    this.all.setPositions(positions, count, old);
    this.gatherRaised();
    this.gatherHovered();
  }

  dropOldPositions(): void {
    this.oldPositions = null;
    for (const columns of [this.all, this.raised, this.hovered]) columns.dropOld();
  }

  setColors(colors: Uint8Array | null): void {
    this.colors = colors;
    this.all.setColors(colors);
    this.gatherRaised();
    this.gatherHovered();
  }

  setEmphasis(emphasis: Uint8Array | null): void {
    this.hasEmphasis = emphasis !== null;
    this.all.setEmphasis(emphasis);
  }

  setRaised(raised: Raised | null): void {
    this.raisedRows = raised;
    this.gatherRaised();
  }

  setHovered(row: number | null): void {
    this.hoveredRow = row;
    this.gatherHovered();
  }

  private gatherRaised(): void {
    const { rows, emphasis } = this.raisedRows ?? { rows: new Uint32Array(0), emphasis: null };
    this.gatherInto(this.raised, rows, emphasis);
  }

  private gatherHovered(): void {
    const row = this.hoveredRow;
    this.gatherInto(this.hovered, row === null ? new Uint32Array(0) : Uint32Array.of(row), null);
  }

  private gatherInto(into: PointColumns, rows: Uint32Array, emphasis: Uint8Array | null): void {
    const { positions, oldPositions, colors } = this;
    if (!positions) return;
    const pick = (from: Columns): Columns => ({
      x: gather(from.x, rows),
      y: gather(from.y, rows),
      z: from.z && gather(from.z, rows),
    });
    if (oldPositions) into.setPositions(pick(oldPositions), rows.length, "drop");
    into.setPositions(pick(positions), rows.length, oldPositions === null ? "drop" : "replace");
    into.setColors(colors && gather(colors, rows, 4));
    into.setEmphasis(emphasis);
    into.setRows(rows);
  }

  setSprite(sheet: SpriteSheet | null): void {
    this.sheet?.dispose();
    this.sheet = sheet && new SpriteTexture(this.gl, sheet);
  }

  setShowImages(show: boolean): void {
    this.showImages = show;
  }

  begin(view: View): void {
    const { gl } = this;
    this.view = view;
    this.drawn = this.pictures[this.shown === this.pictures[0] ? 1 : 0];
    this.drawn.bind();
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.depthMask(true);
    const [r, g, b] = view.style.ground;
    gl.clearColor(r, g, b, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  }

  draw(emphasis: number, from: number, to: number): void {
    const { view, chunks } = this;
    if (!view) return;
    this.drawn.bind();
    this.setBlending(view.depth && emphasis !== EMPHASIS.faded);
    const filter = this.hasEmphasis ? emphasis : null;
    const pass = this.beginPass(view, filter, false);
    for (let chunk = from; chunk < to; chunk++) pass.draw(this.all, chunk, chunks);
  }

  /** Faded points lie behind all others whatever their depth, so they are drawn without. */
  private setBlending(depth: boolean): void {
    const { gl } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    if (depth) gl.enable(gl.DEPTH_TEST);
    else gl.disable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.depthMask(true);
  }

  private beginPass(view: View, filter: number | null, hovered: boolean): PointsPass | SpritesPass {
    if (this.showImages && this.sheet) {
      this.sprites ??= new SpritesPass(this.gl);
      this.sprites.begin(view, filter, hovered, this.sheet);
      return this.sprites;
    }
    this.points.begin(view, filter, hovered);
    return this.points;
  }

  reveal(): void {
    this.shown = this.drawn;
  }

  present(view: View): void {
    const { gl } = this;
    this.shown.copyToCanvas();
    if (this.raised.count + this.hovered.count > 0) this.drawRaised(view);
    if (!this.fence) this.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /** Neighbors by depth, then the selection, then the hovered point, each over those before. */
  private drawRaised(view: View): void {
    const { gl } = this;
    this.setBlending(view.depth);
    this.beginPass(view, EMPHASIS.neighbor, false).draw(this.raised, 0, 1);
    gl.disable(gl.DEPTH_TEST);
    this.beginPass(view, EMPHASIS.selected, false).draw(this.raised, 0, 1);
    this.beginPass(view, null, true).draw(this.hovered, 0, 1);
  }

  readPixels(): { width: number; height: number; data: Uint8ClampedArray } {
    const { gl } = this;
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    if (this.view) this.present(this.view);
    const upward = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, upward);
    const data = new Uint8ClampedArray(upward.length);
    for (let line = 0; line < height; line++) {
      data.set(upward.subarray(line * width * 4, (line + 1) * width * 4), (height - 1 - line) * width * 4);
    }
    return { width, height, data };
  }

  dispose(): void {
    const parts = [this.points, this.sprites, this.all, this.raised, this.hovered, ...this.pictures, this.sheet];
    for (const part of parts) part?.dispose();
    if (this.fence) this.gl.deleteSync(this.fence);
  }
}
