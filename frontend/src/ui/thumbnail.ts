/** One image of the sprite sheet: the sheet itself as a background, moved into place. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Sprite } from "../state/state";

/** Nothing where the sheet has no image for the row. `side` px is the longer of its sides. */
export function thumbnail(sprite: Sprite | null, row: number, side: number): TemplateResult | typeof nothing {
  if (sprite === null || row >= sprite.columns * sprite.rows) return nothing;
  const scale = side / Math.max(sprite.thumbWidth, sprite.thumbHeight);
  const [width, height] = [sprite.thumbWidth * scale, sprite.thumbHeight * scale];
  const [column, line] = [row % sprite.columns, Math.floor(row / sprite.columns)];
  const style = styleMap({
    flex: "none",
    width: `${width}px`,
    height: `${height}px`,
    backgroundImage: `url("${sprite.url}")`,
    backgroundPosition: `${-column * width}px ${-line * height}px`,
    backgroundSize: `${sprite.imageWidth * scale}px auto`,
    borderRadius: "3px",
    imageRendering: scale > 1.5 ? "pixelated" : "auto",
  });
  return html`<div style=${style} role="img" aria-label="Image of row ${row}"></div>`;
}
