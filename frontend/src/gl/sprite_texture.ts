/** A sprite sheet, or its pages, as the layers of a texture. */

import type { SpriteGrid, SpriteSheet } from "./scene";

export class SpriteTexture {
  readonly grid: SpriteGrid;
  readonly width: number;
  readonly height: number;
  readonly #texture: WebGLTexture;
  readonly #levels: number;
  readonly #missing: Set<number>;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    sheet: SpriteSheet,
  ) {
    const { grid, width, height, pages } = sheet;
    [this.grid, this.width, this.height] = [grid, width, height];
    this.#missing = new Set(Array.from({ length: pages }, (_, page) => page));
    // Mipmaps help while a thumbnail is at least 8 px in them; below that its neighbors bleed in.
    const thumbPx = (Math.min(grid.thumbWidth, grid.thumbHeight) * sheet.imageWidth) / width;
    this.#levels = 1 + Math.max(0, Math.floor(Math.log2(thumbPx / 8)));
    this.#texture = gl.createTexture();
    this.bind();
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, this.#levels, gl.RGBA8, sheet.imageWidth, sheet.imageHeight, pages);
    this.#setFilters();
  }

  /** Whether every page has been loaded. */
  get isWhole(): boolean {
    return this.#missing.size === 0;
  }

  setPage(page: number, image: ImageBitmap): void {
    const { gl } = this;
    const { width, height } = image;
    this.bind();
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, page, width, height, 1, gl.RGBA, gl.UNSIGNED_BYTE, image);
    this.#missing.delete(page);
    if (this.isWhole && this.#levels > 1) gl.generateMipmap(gl.TEXTURE_2D_ARRAY);
  }

  #setFilters(): void {
    const { gl } = this;
    const target = gl.TEXTURE_2D_ARRAY;
    gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, this.#levels > 1 ? gl.LINEAR_MIPMAP_LINEAR : gl.LINEAR);
    gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  bind(): void {
    this.gl.activeTexture(this.gl.TEXTURE0);
    this.gl.bindTexture(this.gl.TEXTURE_2D_ARRAY, this.#texture);
  }

  dispose(): void {
    this.gl.deleteTexture(this.#texture);
  }
}
