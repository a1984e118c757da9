/** UMAP: its parameters, with the most common ones first. */

import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { dimensionsChoice } from "./dimensions_choice";
import { EPOCHS, SEED, UMAP_NEIGHBORS } from "./fields";
import "./run_controls";
import { layoutStyles } from "../../controls/form_styles";
import { metricField } from "./metric_field";
import "../../controls/range_field";
import { StoreElement } from "../../state/store_element";
import { superviseFields } from "./supervise_fields";
import "../../controls/whole_field";

const MIN_NEIGHBORS = 5;
const MAX_MIN_DIST = 1;
/** Range of the spread: below the minimum distance of points it is meaningless. */
const SPREADS = { min: 0.5, max: 3 };

@customElement("umap-controls")
export class UmapControls extends StoreElement {
  static override styles = [controlStyles, layoutStyles];

  override render() {
    const { umapNeighbors, minDist } = this.state;
    return html`<div class="fields">
        ${dimensionsChoice(this.store, this.state, this.commandTip("dimensions"))} ${metricField(this.store, this.state)}
        <range-field label="Neighbors" hint="How many neighbors each point looks at, itself counted: few show fine grain, many the whole"
          .value=${umapNeighbors} .min=${MIN_NEIGHBORS} .max=${UMAP_NEIGHBORS.max}
          @change=${(event: CustomEvent<number>) => this.store.set({ umapNeighbors: event.detail })}></range-field>
        <range-field label="Min. distance" hint="How close points may lie: small values pack clusters tightly"
          .value=${minDist} .min=${0} .max=${MAX_MIN_DIST} .step=${0.05}
          @change=${(event: CustomEvent<number>) => this.store.set({ minDist: event.detail })}></range-field>
      </div>
      <details><summary>More</summary>${this.#renderMore()}</details>
      <layout-run method="umap" .store=${this.store} .actions=${this.actions}></layout-run>`;
  }

  #renderMore() {
    const { spread, epochs, seed } = this.state;
    return html`<div class="fields">
      <range-field label="Spread" hint="How far clusters spread out; at least the minimum distance" .value=${spread} .min=${SPREADS.min}
        .max=${SPREADS.max} .step=${0.1} @change=${(event: CustomEvent<number>) => this.store.set({ spread: event.detail })}></range-field>
      <whole-field label="Epochs" hint="Automatic: 500 up to 10,000 points, 200 above" zero="automatic" .value=${epochs} .min=${EPOCHS.min} .max=${EPOCHS.max}
        @change=${(event: CustomEvent<number>) => this.store.set({ epochs: event.detail })}></whole-field>
      <whole-field label="Seed" hint="The same seed gives the same picture" .value=${seed} .min=${SEED.min} .max=${SEED.max}
        @change=${(event: CustomEvent<number>) => this.store.set({ seed: event.detail })}></whole-field>
      ${superviseFields(this.store, this.state)}
    </div>`;
  }
}
