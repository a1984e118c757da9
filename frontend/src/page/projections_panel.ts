/** The projection panel: the method, the space, its controls, and its quality. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import type { Method } from "../data/coordinates";
import "../controls/segmented_choice";
import { PROJECTIONS } from "../features";
import { StoreElement } from "../state/store_element";
import { renderElement, renderPanels } from "./panels";

@customElement("projections-panel")
export class ProjectionsPanel extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; box-sizing: border-box; padding: 12px 16px; }
      @media (max-height: 820px) { :host { gap: 4px; padding: 8px 16px; } }
      .head { display: flex; justify-content: space-between; align-items: baseline; }
      segmented-choice { display: flex; --segment-padding: 0 2px; }
      .space { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 8px; align-items: center; }
      input[type="checkbox"] { margin: 0; accent-color: var(--accent); }
    `,
  ];

  override render() {
    const { method } = this.state;
    const shown = PROJECTIONS.find((choice) => choice.method === method);
    const props = { store: this.store, actions: this.actions };
    return html`<div class="head"><h2>Projection</h2>${shown?.guide === undefined ? nothing : renderElement(shown.guide, props)}</div>
      <segmented-choice label="Projection" .value=${method} .options=${this.#options()}
        @change=${(event: CustomEvent<Method>) => this.store.set({ method: event.detail })}></segmented-choice>
      ${this.#renderSpace()} ${shown === undefined ? nothing : renderElement(shown.element, props)}
      ${renderPanels("projection", props, this.state)}`;
  }

  #options() {
    return PROJECTIONS.map(({ method, text, words, command }) => ({
      ...{ value: method, text, title: this.tip(words, command) },
    }));
  }

  #renderSpace() {
    const { spherize } = this.state;
    return html`<label class="space" title="Spherize: each vector less the mean of all, then scaled to length one. PCA, axes, neighbors and layouts are then of these">
      <input type="checkbox" .checked=${spherize} @change=${(event: Event) => this.store.set({ spherize: (event.target as HTMLInputElement).checked })} />
      <span class="clip">Spherize <span class="small faint">${spherize ? "centered, of length one" : "distances are as stored"}</span></span></label>`;
  }
}
