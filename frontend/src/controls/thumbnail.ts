/** One image of a sprite sheet. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Sprite } from "../data/sprite";
import { thumbnailStyle } from "./thumbnail_style";

/** Empty if the sheet has no image for the row. `side`: length of the longer side in px. */
export function thumbnail(sprite: Sprite | null, row: number, side: number): TemplateResult | typeof nothing {
  const style = thumbnailStyle(sprite, row, side);
  if (style === null) return nothing;
  return html`<div style=${styleMap(style)} role="img" aria-label="Image of row ${row}"></div>`;
}
