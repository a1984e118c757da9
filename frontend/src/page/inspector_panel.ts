/** The inspector: text search, the selected point, its nearest neighbors, sums of points. */

import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { keyCaps } from "../controls/key_caps";
import { formatCount } from "../data/format";
import { availableLists, listInFront } from "../state/derived";
import type { ListName } from "./fields";
import "../controls/segmented_choice";
import { StoreElement } from "../state/store_element";
import { listPanel, renderElement, renderPanels } from "./panels";

@customElement("inspector-panel")
export class InspectorPanel extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; min-height: 0; height: 100%; }
      h2 { padding: 12px 16px 8px; }
      .lists { padding: 8px 16px; border-top: 1px solid var(--line); }
      .lists + * { border-top: 0; }
      segmented-choice { --segment-padding: 0 4px; }
      segmented-choice { display: flex; }
      .empty { padding: 24px 16px; border-top: 1px solid var(--line); color: var(--text-soft); display: grid; gap: 8px; }
    `,
  ];

  override render() {
    const front = listInFront(this.state);
    const props = { store: this.store, actions: this.actions };
    return html`<h2>Inspector</h2>
      ${renderPanels("inspector", props, this.state)}
      ${this.#renderSwitch(front)}
      ${front === null ? nothing : renderElement(listPanel(front).element, props)}
      ${front === null && this.state.shown !== null ? this.#renderEmpty() : nothing}
      ${renderPanels("inspector-foot", props, this.state)}`;
  }

  #renderSwitch(front: ListName | null) {
    const lists = availableLists(this.state);
    if (lists.length < 2) return nothing;
    const text = (name: ListName) => {
      const { words, count } = listPanel(name);
      const points = count(this.state);
      return points === undefined ? words : `${words} ${formatCount(points)}`;
    };
    return html`<div class="lists"><segmented-choice label="List" .value=${front ?? "neighbors"}
      .options=${lists.map((name) => ({ value: name, text: text(name) }))}
      @change=${(event: CustomEvent<ListName>) => this.store.set({ list: event.detail })}></segmented-choice></div>`;
  }

  #renderEmpty() {
    return html`<div class="empty">
      <p>Click a point for its exact nearest neighbors in all ${formatCount(this.state.shown!.step.shape[1])} dimensions.</p>
      <p>Or press ${this.actions.commandOf("search").keys.map(keyCaps)} and search by text.</p>
      <p>Or <button class="link" @click=${() => this.actions.focusTerms()}>add and subtract points</button>: king − man + woman.</p>
    </div>`;
  }
}
