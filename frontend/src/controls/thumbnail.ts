/** One image of a sprite sheet: the sheet as a shifted background. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { type Sprite, spriteCellOf } from "../data/sprite";

/** Empty if the sheet has no image for the row. `side`: length of the longer side in px. */
export function thumbnail(sprite: Sprite | null, row: number, side: number): TemplateResult | typeof nothing {
  const cell = sprite && spriteCellOf(sprite, row);
  if (!sprite || !cell) return nothing;
  const scale = side / Math.max(sprite.thumbWidth, sprite.thumbHeight);
  const [width, height] = [sprite.thumbWidth * scale, sprite.thumbHeight * scale];
  const style = styleMap({
    flex: "none",
    width: `${width}px`,
    height: `${height}px`,
    backgroundImage: `url("${cell.url}")`,
    backgroundPosition: `${-cell.column * width}px ${-cell.line * height}px`,
    backgroundSize: `${sprite.width * scale}px auto`,
    borderRadius: "3px",
    imageRendering: scale > 1.5 ? "pixelated" : "auto",
  });
  return html`<div style=${style} role="img" aria-label="Image of row ${row}"></div>`;
}
