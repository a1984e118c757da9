/** The hovered point: label, image, and the value behind its color. Follows the pointer, but is never under it. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "../../controls/control_styles";
import { thumbnail } from "../../controls/thumbnail";
import { KEPT_NEIGHBORS } from "../../data/coloring";
import { cellText } from "../../data/column";
import { nameRow } from "../../data/format";
import { colorColumn, isColoredByQuality, labelColumn, pointName } from "../../state/derived";
import { StoreElement } from "../../state/store_element";

const GAP_PX = 14;

@customElement("hover-card")
export class HoverCard extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { position: absolute; inset: 0; z-index: 3; overflow: hidden; pointer-events: none; }
      .card { position: absolute; display: flex; gap: 10px; align-items: center; max-width: 280px; padding: 8px 12px; border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow); }
      .name { font-weight: 600; overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
    `,
  ];

  override render() {
    const { hover, sprite } = this.state;
    if (hover === null) return nothing;
    const [onRight, below] = [hover.x < this.clientWidth / 2, hover.y < this.clientHeight / 2];
    const position = styleMap({
      [onRight ? "left" : "right"]: `${(onRight ? hover.x : this.clientWidth - hover.x) + GAP_PX}px`,
      [below ? "top" : "bottom"]: `${(below ? hover.y : this.clientHeight - hover.y) + GAP_PX}px`,
    });
    const name = pointName(this.state, hover.row);
    return html`<div class="card" role="tooltip" style=${position}>${thumbnail(sprite, hover.row, 56)}
      <div><div class="name">${name}</div>${this.#renderValue(hover.row, name)}</div></div>`;
  }

  /** The row, unless it is the name, where nothing but the label colors the points. */
  #renderValue(row: number, name: string) {
    if (isColoredByQuality(this.state)) return renderNamed(KEPT_NEIGHBORS, this.#keptWords(row));
    const column = colorColumn(this.state);
    if (column === null || column === labelColumn(this.state))
      return name === nameRow(row) ? nothing : html`<div class="small faint">${nameRow(row)}</div>`;
    return renderNamed(column.name, cellText(column, row));
  }

  /** Null: the point was not drawn when they were counted. */
  #keptWords(row: number): string | null {
    const { keptByRow, k } = this.state.quality!;
    const share = keptByRow[row]!;
    return Number.isNaN(share) ? null : `${Math.round(share * k)} of ${k}`;
  }
}

function renderNamed(name: string, value: string | null) {
  return html`<div class="small soft">${name}: ${value ?? "no value"}</div>`;
}
