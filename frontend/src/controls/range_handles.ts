/** The two ends of a range as sliders, for keys and screen readers: `change` carries the new ends. They lie over a scale. */
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { formatNumber } from "../data/format";

export interface RangeEnds {
  readonly from: number;
  readonly to: number;
}

/** Steps of a key, as fractions of the scale. */
const STEPS: Record<string, number> = {
  ...{ ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01 },
  ...{ PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 },
};

@customElement("range-handles")
export class RangeHandles extends LitElement {
  /** The measured quantity. */
  @property() label = "";
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property({ type: Number }) from = 0;
  @property({ type: Number }) to = 1;

  static override styles = css`
    /* The pointer drags on what lies below. */
    :host { position: absolute; inset: 0; pointer-events: none; }
    span { position: absolute; top: 0; bottom: 0; width: 3px; margin-left: -1px; border-radius: 2px; background: var(--line-strong); }
    span:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; background: var(--accent); }
  `;

  override render() {
    const { label, min, max, from, to } = this;
    return html`${this.#renderHandle(`${label}: smallest value shown`, from, min, to, (end) => ({ from: end, to }))}
      ${this.#renderHandle(`${label}: largest value shown`, to, from, max, (end) => ({ from, to: end }))}`;
  }

  #renderHandle(label: string, value: number, min: number, max: number, endsWith: (end: number) => RangeEnds) {
    const left = `${(100 * (value - this.min)) / (this.max - this.min || 1)}%`;
    const step = (event: KeyboardEvent) => this.#step(event, value, min, max, endsWith);
    return html`<span role="slider" tabindex="0" aria-label=${label} aria-valuemin=${min} aria-valuemax=${max} aria-valuenow=${value}
      aria-valuetext=${formatNumber(value)} style=${styleMap({ left })} @keydown=${step}></span>`;
  }

  #step(event: KeyboardEvent, value: number, min: number, max: number, endsWith: (end: number) => RangeEnds): void {
    const share = STEPS[event.key];
    if (share === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const end = Math.min(max, Math.max(min, value + share * (this.max - this.min)));
    this.dispatchEvent(new CustomEvent<RangeEnds>("change", { detail: endsWith(this.#round(end)) }));
  }

  /** Few digits, except at the ends of the scale, of which all digits matter. */
  #round(value: number): number {
    return value <= this.min || value >= this.max ? value : Number(value.toPrecision(4));
  }
}
