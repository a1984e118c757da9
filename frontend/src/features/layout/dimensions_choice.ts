/** Number of dimensions in which a layout is computed; `title` names the key. */
import { html, type TemplateResult } from "lit";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import "../../controls/segmented_choice";

const CHOICES = [
  { value: "2", text: "2-D" },
  { value: "3", text: "3-D" },
];

export function dimensionsChoice(store: Store, state: Readonly<State>, title: string): TemplateResult {
  return html`<div class="row"><span class="soft">Dimensions</span>
    <segmented-choice label="Dimensions of the layout" title=${title} .value=${String(state.dimensions)} .options=${CHOICES}
      @change=${(event: CustomEvent<string>) => store.set({ dimensions: event.detail === "2" ? 2 : 3 })}></segmented-choice></div>`;
}
