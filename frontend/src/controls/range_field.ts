/** A labeled slider: the number follows the thumb, as reported by `slide`; `change` is sent on release. */
import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatNumber } from "../data/format";
import { controlStyles } from "./control_styles";

/** Number of thumb positions on a logarithmic scale, more than a track has pixels. */
const LOG_STEPS = 500;

@customElement("range-field")
export class RangeField extends LitElement {
  @property() label = "";
  /** The effect of the number, in one sentence. */
  @property() hint = "";
  @property({ type: Number }) value = 0;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property({ type: Number }) step = 1;
  /** Logarithmic: equal distances on the track are equal ratios. */
  @property({ type: Boolean }) log = false;
  /** Label of the value 0, which has an extra position left of `min`. */
  @property() zero = "";
  @state() private dragged: number | null = null;

  static override styles = [
    controlStyles,
    css`
      label { display: grid; grid-template-columns: var(--field-label, 84px) minmax(0, 1fr) 40px; align-items: center; gap: 8px; min-height: 24px; }
      output { text-align: right; }
    `,
  ];

  override render() {
    const shown = this.dragged ?? this.value;
    const text = shown === 0 && this.zero !== "" ? this.zero : formatNumber(shown);
    return html`<label title=${this.hint}>
      <span class="soft clip">${this.label}</span>
      <input type="range" min=${this.#sliderPosition(this.zero === "" ? this.min : 0)} max=${this.#sliderPosition(this.max)}
        step=${this.log ? 1 : this.step} .value=${String(this.#sliderPosition(this.value))} aria-valuetext=${text}
        @input=${this.#drag} @change=${this.#choose} />
      <output>${text}</output>
    </label>`;
  }

  #sliderPosition(value: number): number {
    if (!this.log) return value;
    if (value < this.min) return this.zero === "" ? 0 : -1;
    return Math.round((LOG_STEPS * Math.log(value / this.min)) / Math.log(this.max / this.min));
  }

  #valueAt(position: number): number {
    if (!this.log) return position;
    if (position < 0) return 0;
    return Number((this.min * (this.max / this.min) ** (position / LOG_STEPS)).toPrecision(2));
  }

  #drag(event: Event): void {
    this.dragged = this.#valueAt(Number((event.target as HTMLInputElement).value));
    this.dispatchEvent(new CustomEvent("slide", { detail: this.dragged }));
  }

  #choose(event: Event): void {
    event.stopPropagation();
    this.value = this.#valueAt(Number((event.target as HTMLInputElement).value));
    this.dragged = null;
    this.dispatchEvent(new CustomEvent("change", { detail: this.value }));
  }
}
