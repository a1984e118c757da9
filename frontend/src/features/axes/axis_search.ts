/** Text or a regular expression for one end of an axis: `change` carries it at every keystroke. */
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import type { AxisSearch } from "../../data/axes";

@customElement("axis-search")
export class AxisSearchField extends LitElement {
  @property() label = "";
  @property() placeholder = "";
  @property({ attribute: false }) search!: AxisSearch;

  static override styles = [
    controlStyles,
    css`
      :host { position: relative; display: flex; }
      input { flex: 1; width: 100%; padding-right: 32px; }
      .regex { position: absolute; right: 2px; top: 2px; min-height: 24px; min-width: 26px; padding: 0; font: 13px/1 var(--mono); }
    `,
  ];

  override render() {
    const { text, regex } = this.search;
    return html`<input type="text" aria-label=${this.label} placeholder=${this.placeholder} spellcheck="false" autocomplete="off" .value=${text}
        @input=${(event: Event) => this.#emit({ text: (event.target as HTMLInputElement).value })} @change=${(event: Event) => event.stopPropagation()} />
      <button class="icon regex" aria-pressed=${regex} aria-label="Regular expression" title="Regular expression"
        @click=${() => this.#emit({ regex: !regex })}>.*</button>`;
  }

  #emit(patch: Partial<AxisSearch>): void {
    this.search = { ...this.search, ...patch };
    this.dispatchEvent(new CustomEvent("change", { detail: this.search }));
  }
}
