/** The page's own images, as a sprite whose sheets lie in memory. */
import type { SavedSheets } from "../data/saved_page";
import type { Sprite } from "../data/sprite";

export function spriteOf(sheets: SavedSheets | null): Sprite | null {
  if (sheets === null) return null;
  const urls = sheets.files.map(({ type, bytes }) => URL.createObjectURL(new Blob([bytes], { type })));
  return { ...sheets.grid, urls, pages: null };
}
