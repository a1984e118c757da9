/** The metric of a layout's neighbors, shared with the list of nearest neighbors. */
import { html, type TemplateResult } from "lit";
import type { Metric } from "../../data/neighborhood";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { METRIC_OPTIONS } from "../neighbors/fields";
import "../../controls/select_field";

export function metricField(store: Store, state: Readonly<State>): TemplateResult {
  return html`<select-field label="Metric" .value=${state.metric} .options=${METRIC_OPTIONS}
    title="What makes two points neighbors: the angle between them, their distance, or their product"
    @change=${(event: CustomEvent<Metric>) => store.set({ metric: event.detail })}></select-field>`;
}
