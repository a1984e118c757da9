/** The selected point: its image, its name, and its whole row of metadata. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { cellText } from "../data/column";
import { columnsOf, labelColumn, pointName } from "../state/derived";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";
import "./kept_neighbors";
import { StoreElement } from "./store_element";
import { thumbnail } from "./thumbnail";

@customElement("point-card")
export class PointCard extends StoreElement {
  protected override readonly watched = ["row", "metadata", "labelBy", "sprite"] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { display: block; padding: 12px 8px 12px 16px; }
      .head { display: flex; gap: 12px; align-items: center; }
      .names { flex: 1; min-width: 0; }
      .name { font-size: 15px; font-weight: 600; overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
      dl { display: grid; grid-template-columns: minmax(48px, auto) minmax(0, 1fr); gap: 2px 12px; margin-top: 8px; padding-right: 8px; }
      kept-neighbors { padding: 8px 8px 0 0; }
      dt { color: var(--text-faint); max-width: 110px; }
      dd { overflow-wrap: anywhere; }
    `,
  ];

  override render() {
    const { row, sprite } = this.state;
    if (row === null) return nothing;
    return html`<div class="head">
        ${thumbnail(sprite, row, 48)}
        <div class="names"><div class="name">${pointName(this.state, row)}</div><div class="small faint">row ${row}</div></div>
        <button class="icon" title="Fly to the point (F)" aria-label="Fly to the point" @click=${() => this.actions.flyTo(Int32Array.of(row))}>${icon("fly")}</button>
        <button class="icon" title="Clear the selection (Esc)" aria-label="Clear the selection" @click=${() => this.actions.select(null)}>${icon("close")}</button>
      </div>
      ${this.#renderCells(row)}
      <kept-neighbors .store=${this.store} .actions=${this.actions}></kept-neighbors>`;
  }

  /** A sole column that names the point is in the heading already. */
  #renderCells(row: number) {
    const columns = columnsOf(this.state);
    if (columns.length === 0 || (columns.length === 1 && columns[0] === labelColumn(this.state))) return nothing;
    return html`<dl class="small">${columns.map((column) => {
      const text = cellText(column, row);
      return html`<dt class="clip" title=${column.name}>${column.name}</dt><dd>${text ?? html`<span class="faint">no value</span>`}</dd>`;
    })}</dl>`;
  }
}
