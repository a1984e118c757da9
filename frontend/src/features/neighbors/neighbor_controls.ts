/** Metric and number of neighbors, shared by points and sums. Also shows the space. */

import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { formatCount } from "../../data/format";
import type { Metric } from "../../data/neighborhood";
import { METRIC_OPTIONS, NEIGHBOR_COUNT } from "./fields";

import "../../controls/segmented_choice";
import { StoreElement } from "../../state/store_element";

const MEASURES: Record<Metric, string> = {
  cosine: "Cosine distance",
  euclidean: "Euclidean distance",
  dot: "Dot product",
};
const METRICS = METRIC_OPTIONS.map(({ value, text }) => ({ value, text, title: MEASURES[value] }));

@customElement("neighbor-controls")
export class NeighborControls extends StoreElement {
  @property() heading = "";

  static override styles = [
    controlStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; padding: 10px 16px 8px; }
      .head { display: grid; grid-template-columns: auto minmax(40px, 1fr) 60px; align-items: center; gap: 10px; }
      segmented-choice { display: flex; }
      .below { display: flex; justify-content: space-between; align-items: center; gap: 8px; }
      input[type="number"] { width: 100%; height: 24px; padding: 0 4px 0 6px; text-align: right; }
    `,
  ];

  override render() {
    const { metric } = this.state;
    const [max, count] = [this.#max(), Math.min(this.state.neighborCount, this.#max())];
    return html`<div class="head"><h2 class="clip">${this.heading}</h2>
        <input type="range" aria-label="Number of neighbors" min=${NEIGHBOR_COUNT.min} max=${max} step="1" .value=${String(count)}
          @change=${this.#setCount} @input=${this.#showCount} />
        <input type="number" aria-label="Number of neighbors, typed" min=${NEIGHBOR_COUNT.min} max=${max} .value=${String(count)} title="How many: ${NEIGHBOR_COUNT.min} to ${max}" @change=${this.#setCount} /></div>
      <segmented-choice label="Metric" .value=${metric} .options=${METRICS}
        @change=${(event: CustomEvent<Metric>) => this.store.set({ metric: event.detail })}></segmented-choice>
      <div class="below"><p class="small faint">${this.#spaceWords()}</p><slot></slot></div>`;
  }

  #max(): number {
    const { shown, subset } = this.state;
    const rows = subset?.rows.length ?? shown?.step.shape[0] ?? 1;
    return Math.min(NEIGHBOR_COUNT.max, Math.max(NEIGHBOR_COUNT.min, rows - 1));
  }

  /** «Exact cosine distance · 16 dims as stored» */
  #spaceWords(): string {
    const { metric, spherize, shown, subset } = this.state;
    const space = spherize ? "spherized" : "as stored";
    const among = subset === null ? "" : ` · among the ${formatCount(subset.rows.length)} isolated`;
    return `Exact ${MEASURES[metric].toLowerCase()} · ${formatCount(shown?.step.shape[1] ?? 0)} dims ${space}${among}`;
  }

  #setCount(event: Event): void {
    const input = event.target as HTMLInputElement;
    const entered = Math.round(Number(input.value));
    const count = Math.min(this.#max(), Math.max(NEIGHBOR_COUNT.min, entered || NEIGHBOR_COUNT.min));
    input.value = String(count);
    this.store.set({ neighborCount: count });
  }

  /** The number follows the thumb; the request is sent on release. */
  #showCount(event: Event): void {
    const typed = this.renderRoot.querySelector<HTMLInputElement>('input[type="number"]');
    if (typed !== null) typed.value = (event.target as HTMLInputElement).value;
  }
}
