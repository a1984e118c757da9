/** What the renderers are told: plain props, no state of the app. */

import type { Columns } from "../math/bounds";
import type { Clip } from "../math/camera";

/** How a point is drawn; the values of the `emphasis` column. */
export const EMPHASIS = { plain: 0, faded: 1, neighbor: 2, selected: 3 } as const;

/** Red, green, blue, alpha, each 0 to 1, not premultiplied. */
export type Rgba = readonly [number, number, number, number];

export interface Style {
  readonly ground: Rgba;
  readonly point: Rgba;
  readonly ring: Rgba;
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
  readonly pixelRatio: number;
  readonly depth: boolean;
  readonly style: Style;
}

export interface SpriteGrid {
  readonly columns: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
}

/** A decoded sheet; `width` and `height` are the sheet's own px, which the image may have been scaled down from. */
export interface SpriteSheet {
  readonly image: ImageBitmap;
  readonly width: number;
  readonly height: number;
  readonly grid: SpriteGrid;
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
  setEmphasis(emphasis: Uint8Array | null): void;
  setRaised(raised: Raised | null): void;
  setHovered(row: number | null): void;
  setSprite(sheet: SpriteSheet | null): void;
  setShowImages(show: boolean): void;
  /** Starts a picture. `reveal` shows it, whole or not; further draws go on in it. */
  begin(view: View): void;
  /** Draws chunks `from` (in) to `to` (out) of the points of this emphasis. */
  draw(emphasis: number, from: number, to: number): void;
  reveal(): void;
  /** Brings the kept picture with the raised points on it to the screen. */
  present(view: View): void;
  /** RGBA rows from the top, of the picture as it was last presented. */
  readPixels(): { width: number; height: number; data: Uint8ClampedArray };
  dispose(): void;
}
