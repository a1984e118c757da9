/** Text, an expression or a whole cell for one end of an axis: `change` carries it at every keystroke. */
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import type { AxisSearch } from "../../data/axes";
import type { QueryMode } from "../../data/search";

@customElement("axis-search")
export class AxisSearchField extends LitElement {
  @property() label = "";
  @property() placeholder = "";
  @property({ attribute: false }) search!: AxisSearch;

  static override styles = [
    controlStyles,
    css`
      :host { position: relative; display: flex; }
      input { flex: 1; width: 100%; padding-right: 58px; }
      .modes { position: absolute; inset: 1px 2px 1px auto; display: flex; gap: 1px; }
      .modes button { min-height: 0; min-width: 26px; padding: 0; font: 13px/1 var(--mono); }
    `,
  ];

  override render() {
    const { text } = this.search;
    return html`<input type="text" aria-label=${this.label} placeholder=${this.placeholder} spellcheck="false" autocomplete="off" .value=${text}
        @input=${(event: Event) => this.#emit({ text: (event.target as HTMLInputElement).value })} @change=${(event: Event) => event.stopPropagation()} />
      <div class="modes">${this.#renderMode("exact", "=", "Exact", "Exact: the text is the whole cell")}
        ${this.#renderMode("regex", ".*", "Regular expression", "Regular expression")}</div>`;
  }

  #renderMode(mode: QueryMode, sign: string, name: string, title: string) {
    const isOn = this.search.mode === mode;
    return html`<button class="icon" aria-pressed=${isOn} aria-label=${name} title=${title}
      @click=${() => this.#emit({ mode: isOn ? "text" : mode })}>${sign}</button>`;
  }

  #emit(patch: Partial<AxisSearch>): void {
    this.search = { ...this.search, ...patch };
    this.dispatchEvent(new CustomEvent("change", { detail: this.search }));
  }
}
