/** How the points get their places: which projection, in which space, its controls, and how far it can be believed. */
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { isLayoutMethod, type Method } from "../data/coordinates";
import "../features/as_is/panel";
import "../features/axes/panel";
import { controlStyles } from "../controls/control_styles";
import "../features/pca/panel";
import "../features/quality/panel";
import "../features/layout/reading_guide";
import "../controls/segmented_choice";
import { StoreElement } from "../state/store_element";
import "../features/layout/tsne_panel";
import "../features/layout/umap_panel";

const METHODS: readonly { value: Method; text: string; title: string }[] = [
  { value: "pca", text: "PCA", title: "Principal components (1)" },
  { value: "tsne", text: "t-SNE", title: "t-SNE (2)" },
  { value: "umap", text: "UMAP", title: "UMAP (3)" },
  { value: "axes", text: "Axes", title: "Custom axes (4)" },
  { value: "as_is", text: "As is", title: "Dimensions or columns as they are (5)" },
];

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
      quality-section { border-top: 1px solid var(--line); padding-top: 4px; }
    `,
  ];

  override render() {
    const { method } = this.state;
    return html`<div class="head"><h2>Projection</h2>${isLayoutMethod(method) ? html`<reading-guide></reading-guide>` : nothing}</div>
      <segmented-choice label="Projection" .value=${method} .options=${METHODS}
        @change=${(event: CustomEvent<Method>) => this.store.set({ method: event.detail })}></segmented-choice>
      ${this.#renderSpace()} ${this.#renderControls(method)}
      <quality-section .store=${this.store} .actions=${this.actions}></quality-section>`;
  }

  #renderSpace() {
    const { spherize } = this.state;
    return html`<label class="space" title="Spherize: each vector less the mean of all, then scaled to length one. PCA, axes, neighbors and layouts are then of these">
      <input type="checkbox" .checked=${spherize} @change=${(event: Event) => this.store.set({ spherize: (event.target as HTMLInputElement).checked })} />
      <span class="clip">Spherize <span class="small faint">${spherize ? "centered, of length one" : "distances are as stored"}</span></span></label>`;
  }

  #renderControls(method: Method): TemplateResult {
    const { store, actions } = this;
    switch (method) {
      case "pca":
        return html`<pca-controls .store=${store} .actions=${actions}></pca-controls>`;
      case "tsne":
        return html`<tsne-controls .store=${store} .actions=${actions}></tsne-controls>`;
      case "umap":
        return html`<umap-controls .store=${store} .actions=${actions}></umap-controls>`;
      case "axes":
        return html`<axes-controls .store=${store} .actions=${actions}></axes-controls>`;
      case "as_is":
        return html`<as-is-controls .store=${store} .actions=${actions}></as-is-controls>`;
    }
  }
}
