/** An entry of any of the inspector's lists of points: image, name, and the list's own content. */
import { css, html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { PointLine } from "../data/point_line";
import { thumbnail } from "./thumbnail";

export const ROW_PX = 32;
/** Height with a bar below the name. */
export const MEASURED_ROW_PX = 36;

export const pointRowStyles = css`
  .point { display: flex; align-items: center; gap: 10px; height: 100%; padding: 0 16px; }
  .text { flex: 1; min-width: 0; }
  .line { display: flex; align-items: baseline; gap: 8px; line-height: 18px; }
  .name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .value { flex: none; text-align: right; }
  .track { display: block; height: 4px; margin-top: 2px; border-radius: 2px; background: var(--hover); }
  .bar { display: block; height: 4px; min-width: 2px; border-radius: 2px; }
  .signs { display: none; align-self: center; flex: none; gap: 2px; }
  .row:hover .signs, .viewport:focus-visible .active .signs { display: flex; }
  .signs span { width: 20px; height: 20px; border-radius: 4px; text-align: center; line-height: 19px; font-size: 15px; color: var(--text-soft); background: var(--raised); box-shadow: 0 0 0 1px var(--line-strong); }
  .signs span:hover { background: var(--accent-soft); color: var(--accent); }
  .selected .name { color: var(--accent); font-weight: 600; }
`;

/** A point's distance: as a number, and as a fraction of the longest bar. */
export interface Measure {
  readonly text: string;
  readonly share: number;
  readonly color: string;
}

export function pointRow(line: PointLine, measure: Measure | null = null): TemplateResult {
  const { row, name, sprite, isSelected } = line;
  return html`<div class="point ${isSelected ? "selected" : ""}">
    ${thumbnail(sprite, row, measure === null ? 24 : 28)}
    <div class="text"><div class="line"><span class="name" title=${name}>${name}</span>${signs()}
      <span class="value small ${measure === null ? "faint" : "soft"}">${measure?.text ?? row.toLocaleString("en-US")}</span></div>
      ${measure === null ? nothing : renderBar(measure)}</div>
  </div>`;
}

function renderBar({ share, color }: Measure): TemplateResult {
  const style = styleMap({ width: `${100 * share}%`, background: color });
  return html`<span class="track"><span class="bar" style=${style}></span></span>`;
}

/** For the pointer only: with the keyboard, the list's keys + and − do the same. */
function signs(): TemplateResult {
  return html`<span class="signs" aria-hidden="true"><span data-sign="1" title="Add to the sum (+)">+</span><span
    data-sign="-1" title="Subtract from the sum (−)">−</span></span>`;
}
