/**
 * The WebGL2 renderer: plain and faded points go into a cached picture, incrementally; neighbors, the selection and the
 * hovered point are drawn over a copy of it, so that they can change without redrawing the others.
 */

import { GlDrawing } from "./gl_drawing";
import { GlScene } from "./gl_scene";
import { GlTile } from "./gl_tile";
import { OffscreenPicture } from "./offscreen_picture";
import { readBound } from "./read_bound";
import type { LabelSheet, Pixels, Renderer, View } from "./scene";

/**
 * Rasterizers without a GPU in Chromium, Mesa and Windows; a browser that does not report one is assumed to have one.
 */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

export class GlRenderer extends GlScene implements Renderer {
  readonly textureMaxPx: number;
  readonly isSoftware: boolean;
  readonly #pictures: readonly [OffscreenPicture, OffscreenPicture];
  #shown: OffscreenPicture;
  #drawn: OffscreenPicture;
  readonly #drawing: GlDrawing;
  /** Only while a picture is saved. */
  #tile: GlTile | null = null;
  #fence: WebGLSync | null = null;

  constructor(gl: WebGL2RenderingContext) {
    super(gl);
    this.textureMaxPx = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.isSoftware = isSoftware(gl);
    this.#pictures = [new OffscreenPicture(gl), new OffscreenPicture(gl)];
    [this.#shown, this.#drawn] = this.#pictures;
    this.#drawing = new GlDrawing(gl, this);
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

  begin(view: View): void {
    this.#drawn = this.#pictures[this.#shown === this.#pictures[0] ? 1 : 0];
    this.#drawing.begin(view, this.#drawn);
  }

  draw(pass: number, from: number, to: number): void {
    this.#drawing.draw(pass, from, to);
  }

  reveal(): void {
    this.#drawing.reveal();
    this.#shown = this.#drawn;
  }

  submit(): void {
    const { gl } = this;
    this.#fence ??= gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  present(view: View): void {
    this.#shown.copyToCanvas();
    this.drawRaised(view, this.#shown, true);
    this.submit();
  }

  readPixels(): Pixels {
    const { gl } = this;
    if (this.#drawing.view) this.present(this.#drawing.view);
    return readBound(gl, gl.drawingBufferWidth, gl.drawingBufferHeight);
  }

  drawTile(
    view: View,
    passes: readonly number[],
    width: number,
    height: number,
    sheets: (() => Iterable<LabelSheet>) | null,
  ): Pixels {
    this.#tile ??= new GlTile(this.gl, this);
    const tile = this.#tile;
    return this.withSheets(sheets, () => tile.draw(view, passes, width, height));
  }

  endTiles(): void {
    this.#tile?.dispose();
    this.#tile = null;
  }

  override dispose(): void {
    super.dispose();
    for (const part of [...this.#pictures, this.#drawing, this.#tile]) part?.dispose();
    if (this.#fence) this.gl.deleteSync(this.#fence);
  }
}
