/** Compares the selected point's true nearest neighbors with those nearest to it on the screen. */

import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { nearestRows } from "../../data/neighborhood";
import { pointName } from "../../state/derived";
import { StoreElement } from "../../state/store_element";
import { QUALITY_K } from "../quality/fields";

@customElement("kept-neighbors")
export class KeptNeighbors extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: block; }
      .marks { display: flex; gap: 2px; margin-top: 4px; }
      .marks button { flex: 1; min-height: 14px; max-width: 20px; padding: 0; border: 1px solid var(--line-strong); border-radius: 3px; background: none; }
      .marks button.kept { border-color: var(--accent); background: var(--accent); }
    `,
  ];

  override render() {
    const { row, neighborhood, screenNeighbors } = this.state;
    if (neighborhood === null || screenNeighbors === null) return nothing;
    if (neighborhood.row !== row || screenNeighbors.row !== row) return nothing;
    const near = nearestRows(neighborhood, QUALITY_K);
    const onScreen = new Set(screenNeighbors.rows.subarray(0, near.length));
    if (near.length === 0) return nothing;
    const kept = near.filter((one) => onScreen.has(one));
    return html`<p class="small"><b>${kept.length}</b> <span class="soft">of its ${near.length} nearest are among the ${near.length} nearest in this picture</span></p>
      <div class="marks" role="group" aria-label="Nearest neighbors, nearest first">${near.map((one) => this.#renderMark(one, onScreen.has(one)))}</div>`;
  }

  #renderMark(row: number, isKept: boolean) {
    const words = `${pointName(this.state, row)}: ${isKept ? "near in this picture too" : "farther away in this picture"}`;
    return html`<button class=${isKept ? "kept" : ""} title=${words} aria-label=${words} @click=${() => this.actions.select(row)}></button>`;
  }
}
