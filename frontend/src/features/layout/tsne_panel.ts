/** t-SNE: its parameters, with the most common ones first. */

import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { dimensionsChoice } from "./dimensions_choice";
import { EXAGGERATION, PERPLEXITY, SEED } from "./fields";
import "./run_controls";
import { layoutStyles } from "../../controls/form_styles";
import { metricField } from "./metric_field";
import "../../controls/range_field";
import { StoreElement } from "../../state/store_element";
import { superviseFields } from "./supervise_fields";
import "../../controls/whole_field";

/** Minimum of the control: below five neighbors there is no meaningful neighborhood; a URL may still set it. */
const MIN_PERPLEXITY = 5;
/** Range of the control: no useful values are known beyond it; a URL may set others. */
const LEARNING_RATES = { min: 10, max: 10_000 };
const MAX_EXAGGERATION = 32;

@customElement("tsne-controls")
export class TsneControls extends StoreElement {
  static override styles = [controlStyles, layoutStyles];

  override render() {
    return html`<div class="fields">
        ${dimensionsChoice(this.store, this.state, this.commandTip("dimensions"))} ${metricField(this.store, this.state)}
        <range-field label="Perplexity" hint="About how many neighbors each point looks at. Try several: small ones show fine grain, large ones the whole"
          .value=${this.state.perplexity} .min=${MIN_PERPLEXITY} .max=${PERPLEXITY.max}
          @change=${(event: CustomEvent<number>) => this.store.set({ perplexity: event.detail })}></range-field>
      </div>
      <details><summary>More</summary>${this.#renderMore()}</details>
      <layout-run method="tsne" .store=${this.store} .actions=${this.actions}></layout-run>`;
  }

  #renderMore() {
    const { learningRate, exaggeration, seed } = this.state;
    return html`<div class="fields">
      <range-field label="Learning rate" hint="How far a point moves at once. Automatic: the number of points, divided by the exaggeration while that lasts"
        log zero="auto" .value=${learningRate} .min=${LEARNING_RATES.min} .max=${LEARNING_RATES.max}
        @change=${(event: CustomEvent<number>) => this.store.set({ learningRate: event.detail })}></range-field>
      <range-field label="Exaggeration" hint="Attraction is multiplied by this for the first 250 iterations"
        .value=${exaggeration} .min=${EXAGGERATION.min} .max=${MAX_EXAGGERATION}
        @change=${(event: CustomEvent<number>) => this.store.set({ exaggeration: event.detail })}></range-field>
      <whole-field label="Seed" hint="The same seed gives the same picture" .value=${seed} .min=${SEED.min} .max=${SEED.max}
        @change=${(event: CustomEvent<number>) => this.store.set({ seed: event.detail })}></whole-field>
      ${superviseFields(this.store, this.state)}
    </div>`;
  }
}
