/** Shows ignored parts of the URL over the picture, until closed. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { StoreElement } from "../../state/store_element";

const MAX_NOTES = 4;

@customElement("address-note")
export class AddressNote extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { position: absolute; top: 44px; left: 50%; z-index: 2; transform: translateX(-50%); width: min(460px, calc(100% - 24px)); pointer-events: none; }
      section { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; padding: 8px 8px 8px 12px; border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow), 0 0 0 1px var(--line); pointer-events: auto; }
      p { overflow-wrap: anywhere; }
    `,
  ];

  override render() {
    const notes = this.state.addressNotes;
    if (notes.length === 0) return nothing;
    const more = notes.length - MAX_NOTES;
    return html`<section role="status" aria-label="About the address">
      <div>${notes.slice(0, MAX_NOTES).map((note) => html`<p>${note}</p>`)}
        ${more > 0 ? html`<p class="soft">And ${more} more of the kind.</p>` : nothing}</div>
      <button class="icon" aria-label="Close" title="Close" @click=${() => this.store.set({ addressNotes: [] })}>${icon("close")}</button>
    </section>`;
  }
}
