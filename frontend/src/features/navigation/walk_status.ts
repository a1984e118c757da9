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
    const words = walked === null ? nothing : `${pointName(this.state, walked)}, ${nameRow(walked)}: Enter selects it`;
    return html`<span role="status">${words}</span>`;
  }
}
