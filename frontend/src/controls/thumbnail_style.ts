/** One image of a sprite sheet as a style: the sheet as a shifted background. */
import { type Sprite, spriteCellOf } from "../data/sprite";

/** Null if the sheet has no image for the row. `side`: length of the longer side in px. */
export function thumbnailStyle(sprite: Sprite | null, row: number, side: number) {
  const cell = sprite && spriteCellOf(sprite, row);
  if (!sprite || !cell) return null;
  const scale = side / Math.max(sprite.thumbWidth, sprite.thumbHeight);
  const [width, height] = [sprite.thumbWidth * scale, sprite.thumbHeight * scale];
  return {
    flex: "none",
    width: `${width}px`,
    height: `${height}px`,
    backgroundImage: `url("${cell.url}")`,
    backgroundPosition: `${-cell.column * width}px ${-cell.line * height}px`,
    backgroundSize: `${sprite.width * scale}px auto`,
    borderRadius: "3px",
    imageRendering: scale > 1.5 ? "pixelated" : "auto",
  };
}
