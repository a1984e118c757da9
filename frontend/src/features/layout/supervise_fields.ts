/** The column whose classes a layout keeps together, and how strongly. */
import { html, nothing, type TemplateResult } from "lit";
import { columnsOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { ignoredField } from "./ignored_field";
import "../../controls/range_field";
import "../../controls/select_field";

export function superviseFields(store: Store, state: Readonly<State>): TemplateResult {
  const columns = columnsOf(state);
  const { superviseBy, supervision } = state;
  const options = [
    { value: "", text: columns.length === 0 ? "no columns" : "no column" },
    ...columns.map(({ name }) => ({ value: name, text: name })),
  ];
  return html`<select-field label="Supervise by" .value=${superviseBy ?? ""} .options=${options} .disabled=${columns.length === 0}
      title="Points of one class are drawn together: the picture then shows the classes as well as the vectors"
      @change=${(event: CustomEvent<string>) => store.set({ superviseBy: event.detail === "" ? null : event.detail, superviseWithout: null })}></select-field>
    ${
      superviseBy === null
        ? nothing
        : html`<range-field label="Strength" hint="0: the vectors alone; 1: the classes as strongly as can be" .value=${supervision}
      .min=${0} .max=${1} .step=${0.05} @change=${(event: CustomEvent<number>) => store.set({ supervision: event.detail })}></range-field>
      ${ignoredField(store, state)}`
    }`;
}
