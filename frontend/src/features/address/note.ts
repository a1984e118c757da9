/** Shows over the picture, until closed, which parts of the URL were ignored, and which picture it names that takes long. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { LAYOUT_NAMES, type LayoutMethod } from "../../data/coordinates";
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
      .layout button { margin-left: 8px; }
    `,
  ];

  override render() {
    const notes = this.state.addressNotes;
    const layout = this.#layoutToRun();
    if (notes.length === 0 && layout === null) return nothing;
    const more = notes.length - MAX_NOTES;
    return html`<section role="status" aria-label="About the address">
      <div>${layout === null ? nothing : this.#renderLayout(layout)}
        ${notes.slice(0, MAX_NOTES).map((note) => html`<p>${note}</p>`)}
        ${more > 0 ? html`<p class="soft">And ${more} more of the kind.</p>` : nothing}</div>
      <button class="icon" aria-label="Close" title="Close" @click=${() => this.store.set({ addressNotes: [], addressLayout: null })}>${icon("close")}</button>
    </section>`;
  }

  /** The layout of the link, until it runs, comes from a bookmark, or another projection is chosen. */
  #layoutToRun(): LayoutMethod | null {
    const { addressLayout, method, layout, coordinates, shown } = this.state;
    const isMissing = shown !== null && layout === null && coordinates === null;
    return isMissing && addressLayout === method ? addressLayout : null;
  }

  #renderLayout(layout: LayoutMethod) {
    const name = LAYOUT_NAMES[layout];
    return html`<p class="layout">This link shows ${name}, which has to be computed; until then, this is PCA.
      <button class="main" title=${this.tip(`Run ${name}`, "layout")} @click=${() => this.actions.runLayout()}>Run ${name}</button></p>`;
  }
}
