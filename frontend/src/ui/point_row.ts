/** A line of a list of points, in both of the inspector's lists: image, name, and what the list adds. */
import { css, html, type TemplateResult } from "lit";
import { pointName } from "../state/derived";
import type { State } from "../state/state";
import { thumbnail } from "./thumbnail";

export const ROW_PX = 32;

export const pointRowStyles = css`
  .point { display: flex; align-items: center; gap: 8px; height: 100%; padding: 0 16px; }
  .point .name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .point .track { flex: none; width: 56px; }
  .point .bar { display: block; height: 6px; border-radius: 3px; }
  .point .value { flex: none; width: 44px; text-align: right; }
  .point.selected .name { color: var(--accent); font-weight: 600; }
`;

export function pointRow(state: Readonly<State>, row: number, extra: TemplateResult): TemplateResult {
  return html`<div class="point ${row === state.row ? "selected" : ""}">
    ${thumbnail(state.sprite, row, 24)}
    <span class="name" title=${pointName(state, row)}>${pointName(state, row)}</span>${extra}
  </div>`;
}
