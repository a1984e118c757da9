/** The switch between 2-D and 3-D. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import "../../controls/segmented_choice";
import { chosenDimensions } from "../../state/derived";
import { StoreElement } from "../../state/store_element";

@customElement("dimensions-switch")
export class DimensionsSwitch extends StoreElement {
  override render() {
    return html`<segmented-choice label="Dimensions of the picture" title=${this.commandTip("dimensions")} .value=${String(chosenDimensions(this.state))}
      .options=${[{ value: "2", text: "2-D" }, { value: "3", text: "3-D" }]}
      @change=${(event: CustomEvent<string>) => this.store.set({ dimensions: event.detail === "2" ? 2 : 3 })}></segmented-choice>`;
  }
}
