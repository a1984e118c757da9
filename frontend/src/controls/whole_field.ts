/** A labeled integer: `change` carries it, clamped to `min` and `max`. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "./control_styles";

@customElement("whole-field")
export class WholeField extends LitElement {
  @property() label = "";
  /** The effect of the number, in one sentence. */
  @property() hint = "";
  @property({ type: Number }) value = 0;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 2 ** 31 - 1;
  /** Label of 0, which is shown as an empty field. */
  @property() zero = "";
  /** Label for screen readers only, where the context is visually clear. */
  @property({ type: Boolean }) bare = false;

  static override styles = [
    controlStyles,
    css`
      label { display: grid; grid-template-columns: var(--field-label, 84px) minmax(0, 1fr); align-items: center; gap: 8px; }
      :host([bare]) label { grid-template-columns: minmax(0, 1fr); }
      input { width: 100%; }
    `,
  ];

  override render() {
    const text = this.value === 0 && this.zero !== "" ? "" : String(this.value);
    return html`<label title=${this.hint}>
      ${this.bare ? nothing : html`<span class="soft clip">${this.label}</span>`}
      <input type="number" inputmode="numeric" step="1" min=${this.min} max=${this.max} placeholder=${this.zero}
        aria-label=${this.bare ? this.label : nothing} .value=${text} @change=${this.#choose} />
    </label>`;
  }

  #choose(event: Event): void {
    event.stopPropagation();
    const input = event.target as HTMLInputElement;
    const entered = input.value === "" ? this.min : Math.round(Number(input.value));
    this.value = Math.min(this.max, Math.max(this.min, Number.isFinite(entered) ? entered : this.value));
    input.value = this.value === 0 && this.zero !== "" ? "" : String(this.value);
    this.dispatchEvent(new CustomEvent("change", { detail: this.value }));
  }
}
