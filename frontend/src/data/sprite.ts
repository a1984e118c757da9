/** Thumbnails of all points, row by row on one sheet, or on several if one would be too large. */
import type { SpriteFile } from "./runs";

export interface Sprite {
  /** One per sheet; all sheets have the same size and are filled in order. */
  readonly urls: readonly string[];
  readonly columns: number;
  readonly rows: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
  /** Width of a sheet in px, which may exceed that of the thumbnails on it. */
  readonly width: number;
  readonly height: number;
  /** The same images on smaller sheets, for a GPU that cannot hold these; null: not available. */
  readonly pages: Sprite | null;
}

/** How the images lie on a sheet. */
export type SheetGrid = Omit<Sprite, "urls" | "pages">;

/** Maximum side of a sheet: browsers differ in how they decode larger images, and some fail. */
export const SHEET_SIDE_PX = 8192;

/** `urlOf`: the URL of a page, or (`null`) of the whole sheet. */
export function makeSprite(file: SpriteFile, urlOf: (page: number | null) => string): Sprite {
  const pages = file.pages === null ? null : makePages(file, file.pages, urlOf);
  const [width, height] = file.image_size;
  const isTooLarge = Math.max(width, height) > SHEET_SIDE_PX;
  return isTooLarge && pages !== null ? pages : { ...sizesOf(file), ...wholeOf(file, urlOf), pages };
}

function wholeOf({ columns, rows, image_size: [width, height] }: SpriteFile, urlOf: (page: null) => string) {
  return { urls: [urlOf(null)], columns, rows, width, height };
}

function makePages(
  file: SpriteFile,
  { count, columns, rows, image_size: [width, height] }: NonNullable<SpriteFile["pages"]>,
  urlOf: (page: number) => string,
): Sprite {
  const urls = Array.from({ length: count }, (_, page) => urlOf(page));
  return { ...sizesOf(file), urls, columns, rows, width, height, pages: null };
}

function sizesOf({ single_image_dim: [thumbWidth, thumbHeight] }: SpriteFile) {
  return { thumbWidth, thumbHeight };
}

/** Position of a row's image; null if it has none. */
export function spriteCellOf({ urls, columns, rows }: Sprite, row: number) {
  const url = urls[Math.floor(row / (columns * rows))];
  if (url === undefined) return null;
  const cell = row % (columns * rows);
  return { url, column: cell % columns, line: Math.floor(cell / columns) };
}
