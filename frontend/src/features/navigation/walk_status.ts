/** Announces the point reached with the keys to screen readers. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { nameRow } from "../../data/format";
import { pointName } from "../../state/derived";
import { StoreElement } from "../../state/store_element";

@customElement("walk-status")
export class WalkStatus extends StoreElement {
  static override styles = css`
    :host { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  `;

  override render() {
    const { walked } = this.state;
    return html`<span role="status">${walked === null ? nothing : `${this.#nameOf(walked)}: Enter selects it`}</span>`;
  }

  /** The label and the row, which is said once where it is all there is. */
  #nameOf(row: number): string {
    return [...new Set([pointName(this.state, row), nameRow(row)])].join(", ");
  }
}
