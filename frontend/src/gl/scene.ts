/** The renderers' interface: plain props, independent of the app's state. */

import type { Columns } from "../math/bounds";
import type { Clip } from "../math/camera";

/** How a point is drawn: values of the `emphasis` column. */
export const EMPHASIS = { plain: 0, faded: 1, neighbor: 2, selected: 3 } as const;

/** Maximum number of raised points of which each neighbor has a ring: more rings would hide the colors. */
export const MAX_RINGED = 1000;

/** Passes, one for each draw call: the points of one emphasis, the lines, or the labels. */
export const PASS = { ...EMPHASIS, lines: 4, labels: 5 } as const;

/** Alpha below which points do not occlude what is behind them. */
export const SOLID_ALPHA = 0.7;

/** Red, green, blue, alpha, each 0 to 1, not premultiplied. */
export type Rgba = readonly [number, number, number, number];

export interface Style {
  readonly ground: Rgba;
  readonly point: Rgba;
  readonly ring: Rgba;
  /** Color of lines whose points have none. */
  readonly line: Rgba;
  /** RGB of the `DENSITY_STEPS` colors, from low to high density. */
  readonly density: Float32Array;
}

/** Everything about a frame that is not a column. Lengths in device px. */
export interface View {
  readonly clip: Clip;
  /** Projection of the old positions while points are moving (`mix` below 1). */
  readonly oldClip: Clip;
  readonly mix: number;
  /** Fog: 1 - w as a fraction of the data's depth, and how much of the background color the farthest point takes on. */
  readonly fogPerW: number;
  readonly fog: number;
  readonly pointSizePx: number;
  readonly thumbnailPx: number;
  /** There is room for thumbnails, so they are drawn if shown at all. */
  readonly hasRoomForImages: boolean;
  /** Alpha of a plain point. */
  readonly alpha: number;
  /** Nearer points are larger. */
  readonly sizeByDepth: boolean;
  /** Number of overlapping points that the density's last color stands for; null: draw points, not their density. */
  readonly densityPeak: number | null;
  /** Diameter of a point's disc in the density. */
  readonly densityPx: number;
  readonly pixelRatio: number;
  /** Factor by which a saved picture is larger than the screen's: what is one px wide there is this wide. */
  readonly magnification: number;
  readonly depth: boolean;
  readonly style: Style;
}

/** Grid of each page. */
export interface SpriteGrid {
  readonly columns: number;
  readonly rows: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
}

/** A sheet, or its pages: images of equal size, which are loaded later. */
export interface SpriteSheet {
  readonly pages: number;
  /** Width of a page in px as written; its image may have been scaled down. */
  readonly width: number;
  readonly height: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly grid: SpriteGrid;
}

/** Texts of points in one image: white letters with black halos; letters with their own colors keep them. */
export interface LabelSheet {
  readonly image: OffscreenCanvas;
  /** Left, top, width, height in px of each row's text; width 0: not in this sheet. */
  readonly rects: Uint16Array<ArrayBuffer>;
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Px of the image per CSS px. */
  readonly pixelRatio: number;
  /** The rows are all points, in order: they are drawn only as their texts. */
  readonly isAll: boolean;
}

/** The rows drawn over the others, in this order, with gathered columns. */
export interface Raised {
  readonly rows: Uint32Array;
  readonly emphasis: Uint8Array;
}

/** RGBA rows from the top. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Origin of points that get new positions: none, their current positions, or still the previous origin. */
export type OldPositions = "drop" | "replace" | "hold";

/**
 * Draws the scene incrementally into a cached picture. The points are dealt to `chunks` evenly strided chunks, so that
 * any few of them already represent the whole.
 */
export interface Renderer {
  readonly chunks: number;
  /** Maximum side of a sprite sheet. */
  readonly textureMaxPx: number;
  /** Points are rasterized on the CPU, in competition with everything else. */
  readonly isSoftware: boolean;
  /** False while the GPU is still working on submitted draws. */
  isIdle(): boolean;
  resize(width: number, height: number): void;
  setPositions(positions: Columns, count: number, old: OldPositions): void;
  dropOldPositions(): void;
  setColors(colors: Uint8Array | null): void;
  /** Size of each point as a multiple of the view's; null: all 1. */
  setSizes(sizes: Float32Array | null): void;
  setEmphasis(emphasis: Uint8Array | null): void;
  setRaised(raised: Raised | null): void;
  setHovered(row: number | null): void;
  /** One pair of rows (from, to) per line. */
  setLines(pairs: Uint32Array | null): void;
  setLabels(sheet: LabelSheet | null): void;
  setSprite(sheet: SpriteSheet | null): void;
  /** Images are drawn once all pages have been set. */
  setSpritePage(page: number, image: ImageBitmap): void;
  setShowImages(show: boolean): void;
  /** Starts a picture. `reveal` shows it, complete or not; further draws continue it. */
  begin(view: View): void;
  /** Draws chunks `from` (inclusive) to `to` (exclusive) of this pass (see `PASS`). */
  draw(pass: number, from: number, to: number): void;
  reveal(): void;
  /** Sends the draws to the GPU, for a picture that is not presented yet: `isIdle` is false until they are done. */
  submit(): void;
  /** Shows the cached picture with the raised points over it. */
  present(view: View): void;
  /** The picture as last presented. */
  readPixels(): Pixels;
  /**
   * The whole scene without the hovered point, drawn at once in another view and size (px); what is on the screen
   * stays. `sheets`: the texts of its points in its own px, which it asks for once per pass; null: those of the screen.
   * `endTiles` frees what it took.
   */
  drawTile(
    view: View,
    passes: readonly number[],
    width: number,
    height: number,
    sheets: (() => Iterable<LabelSheet>) | null,
  ): Pixels;
  endTiles(): void;
  dispose(): void;
}
