/** What the renderers are told: plain props, no state of the app. */

import type { Columns } from "../math/bounds";
import type { Clip } from "../math/camera";

/** How a point is drawn; the values of the `emphasis` column. */
export const EMPHASIS = { plain: 0, faded: 1, neighbor: 2, selected: 3 } as const;

/** What is drawn in one go: the points of one emphasis, or what is no point. */
export const PASS = { ...EMPHASIS, lines: 4, labels: 5 } as const;

/** Red, green, blue, alpha, each 0 to 1, not premultiplied. */
export type Rgba = readonly [number, number, number, number];

export interface Style {
  readonly ground: Rgba;
  readonly point: Rgba;
  readonly ring: Rgba;
  /** Of lines whose points have no color. */
  readonly line: Rgba;
  /** From few points to many, red, green and blue of `DENSITY_STEPS` colors. */
  readonly density: Float32Array;
}

/** Everything about a frame that is not a column. Lengths in device px. */
export interface View {
  readonly clip: Clip;
  /** Where the old positions are seen while points are on the way (`mix` below 1). */
  readonly oldClip: Clip;
  readonly mix: number;
  /** Fog: how far 1 - w is of the data's depth, and how much of the ground's colour the farthest takes on. */
  readonly fogPerW: number;
  readonly fog: number;
  readonly pointSizePx: number;
  readonly thumbnailPx: number;
  /** There is room for thumbnails, so that they are drawn where they are shown. */
  readonly hasRoomForImages: boolean;
  /** Of a plain point. */
  readonly alpha: number;
  /** What is near is larger. */
  readonly sizeByDepth: boolean;
  /** Points in the fullest places, which the last color of a density stands for; null: points are drawn, not their density. */
  readonly densityPeak: number | null;
  /** Across what a point adds to the density. */
  readonly densityPx: number;
  readonly pixelRatio: number;
  readonly depth: boolean;
  readonly style: Style;
}

/** Of each page. */
export interface SpriteGrid {
  readonly columns: number;
  readonly rows: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
}

/** Room for a sheet, or for the pages of one: images of one size, which come later. */
export interface SpriteSheet {
  readonly pages: number;
  /** px of a page as it was written; its image may have been scaled down. */
  readonly width: number;
  readonly height: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly grid: SpriteGrid;
}

/** Texts of points in one image: white letters in black halos, with the colors of letters that have some. */
export interface LabelSheet {
  readonly image: OffscreenCanvas;
  /** Left, top, width, height in px of each row's text; no width: it has none here. */
  readonly rects: Uint16Array<ArrayBuffer>;
  readonly rows: Uint32Array<ArrayBuffer>;
  /** The rows are all points, in their order: these are drawn as nothing but their texts. */
  readonly isAll: boolean;
}

/** The rows drawn over the others, with their columns gathered. */
export interface Raised {
  readonly rows: Uint32Array;
  readonly emphasis: Uint8Array;
}

/**
 * Draws the scene bit by bit into a kept picture. The points are dealt to `chunks` evenly strided chunks, so that any
 * few of them already look like the whole.
 */
/** Where the points come from: nowhere; from the positions until now; still from where they came from before. */
export type OldPositions = "drop" | "replace" | "hold";

export interface Renderer {
  readonly chunks: number;
  /** Longest side of a sprite sheet that it can hold. */
  readonly textureMaxPx: number;
  /** Points are drawn by the same cores that everything else runs on. */
  readonly isSoftware: boolean;
  /** False while the GPU still works on what it was given. */
  isIdle(): boolean;
  resize(width: number, height: number): void;
  setPositions(positions: Columns, count: number, old: OldPositions): void;
  dropOldPositions(): void;
  setColors(colors: Uint8Array | null): void;
  /** How many times the view's size each point has; null: all have it. */
  setSizes(sizes: Float32Array | null): void;
  setEmphasis(emphasis: Uint8Array | null): void;
  setRaised(raised: Raised | null): void;
  setHovered(row: number | null): void;
  /** From and to, a pair of rows a line. */
  setLines(pairs: Uint32Array | null): void;
  setLabels(sheet: LabelSheet | null): void;
  setSprite(sheet: SpriteSheet | null): void;
  /** Images are drawn once all pages are there. */
  setSpritePage(page: number, image: ImageBitmap): void;
  setShowImages(show: boolean): void;
  /** Starts a picture. `reveal` shows it, whole or not; further draws go on in it. */
  begin(view: View): void;
  /** Draws chunks `from` (in) to `to` (out) of what this pass (see `PASS`) draws. */
  draw(pass: number, from: number, to: number): void;
  reveal(): void;
  /** Brings the kept picture with the raised points on it to the screen. */
  present(view: View): void;
  /** RGBA rows from the top, of the picture as it was last presented. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray };
  dispose(): void;
}
