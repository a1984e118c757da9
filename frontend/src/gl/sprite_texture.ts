/** The sprite sheet as a texture. */

import type { SpriteGrid, SpriteSheet } from "./scene";

export class SpriteTexture {
  readonly grid: SpriteGrid;
  readonly width: number;
  readonly height: number;
  private readonly texture: WebGLTexture;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    sheet: SpriteSheet,
  ) {
    const { image, grid, width, height } = sheet;
    [this.grid, this.width, this.height] = [grid, width, height];
    this.texture = gl.createTexture();
    this.bind();
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, image);
    this.setFilters((Math.min(grid.thumbWidth, grid.thumbHeight) * image.width) / width);
  }

  /** Smaller levels help while a thumbnail keeps at least 8 px in them; below that its neighbors bleed in. */
  private setFilters(thumbPx: number): void {
    const { gl } = this;
    const levels = Math.max(0, Math.floor(Math.log2(thumbPx / 8)));
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAX_LEVEL, levels);
    if (levels > 0) gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, levels > 0 ? gl.LINEAR_MIPMAP_LINEAR : gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  bind(): void {
    this.gl.activeTexture(this.gl.TEXTURE0);
    this.gl.bindTexture(this.gl.TEXTURE_2D, this.texture);
  }

  dispose(): void {
    this.gl.deleteTexture(this.texture);
  }
}
