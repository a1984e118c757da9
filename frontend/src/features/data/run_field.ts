/** The choice of a run. */
import { html, type TemplateResult } from "lit";
import type { Run } from "../../data/runs";
import type { Store } from "../../state/store";
import { switchData } from "../../state/switch_data";
import "../../controls/select_field";

export function runField(store: Store, runs: readonly Run[], value: string): TemplateResult {
  return html`<select-field label="Run" .value=${value}
    .options=${runs.map(({ name }) => ({ value: name, text: name === "." ? ". (the logdir itself)" : name }))}
    @change=${(event: CustomEvent<string>) => store.set(switchData({ run: event.detail, embedding: null, step: null }))}></select-field>`;
}
