/** Looks into the data: search by text, the selected point, its nearest neighbors, sums of points. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount } from "../data/format";
import { listInFront, listsThere } from "../state/derived";
import type { ListName } from "../state/state";
import "../features/bookmarks/panel";
import { controlStyles } from "../controls/control_styles";
import "../features/search/match_list";
import "../features/neighbors/panel";
import "../features/point/panel";
import "../features/search/panel";
import "../controls/segmented_choice";
import "../features/selection/panel";
import { StoreElement } from "../state/store_element";
import "../features/sums/sum_list";
import "../features/sums/panel";

const LIST_NAMES: Record<ListName, string> = { neighbors: "Neighbors", matches: "Matches", sum: "Sum" };

@customElement("inspector-panel")
export class InspectorPanel extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; min-height: 0; height: 100%; }
      .top { padding: 12px 16px; }
      .top h2 { margin-bottom: 8px; }
      .lists { padding: 8px 16px; border-top: 1px solid var(--line); }
      .lists + * { border-top: 0; }
      segmented-choice { --segment-padding: 0 4px; }
      segmented-choice { display: flex; }
      selection-section, sum-section { flex: none; }
      point-card { flex: none; max-height: 36%; overflow: auto; border-top: 1px solid var(--line); }
      match-list, neighbor-list, sum-list { flex: 1; min-height: 0; border-top: 1px solid var(--line); }
      bookmarks-panel { margin-top: auto; }
      .empty { padding: 24px 16px; border-top: 1px solid var(--line); color: var(--text-soft); display: grid; gap: 8px; }
    `,
  ];

  override render() {
    const front = listInFront(this.state);
    const props = { store: this.store, actions: this.actions };
    return html`<div class="top"><h2>Inspector</h2><search-field .store=${props.store} .actions=${props.actions}></search-field></div>
      <selection-section .store=${props.store} .actions=${props.actions}></selection-section>
      ${this.state.row === null ? nothing : html`<point-card .store=${props.store} .actions=${props.actions}></point-card>`}
      ${this.#isSumming() ? html`<sum-section .store=${props.store} .actions=${props.actions}></sum-section>` : nothing}
      ${this.#renderSwitch(front)}
      ${front === "matches" ? html`<match-list .store=${props.store} .actions=${props.actions}></match-list>` : nothing}
      ${front === "neighbors" ? html`<neighbor-list .store=${props.store} .actions=${props.actions}></neighbor-list>` : nothing}
      ${front === "sum" ? html`<sum-list .store=${props.store} .actions=${props.actions}></sum-list>` : nothing}
      ${front === null && this.state.shown !== null ? this.#renderEmpty() : nothing}
      <bookmarks-panel .store=${props.store} .actions=${props.actions}></bookmarks-panel>`;
  }

  #isSumming(): boolean {
    return this.state.terms.length > 0 || this.state.termsOpen;
  }

  #renderSwitch(front: ListName | null) {
    const there = listsThere(this.state);
    if (there.length < 2) return nothing;
    const { matches, neighborhood, sumNeighborhood } = this.state;
    const rows = { neighbors: neighborhood?.rows, matches: matches ?? undefined, sum: sumNeighborhood?.rows };
    const text = (name: ListName) =>
      rows[name] === undefined ? LIST_NAMES[name] : `${LIST_NAMES[name]} ${formatCount(rows[name].length)}`;
    return html`<div class="lists"><segmented-choice label="List" .value=${front ?? "neighbors"}
      .options=${there.map((name) => ({ value: name, text: text(name) }))}
      @change=${(event: CustomEvent<ListName>) => this.store.set({ list: event.detail })}></segmented-choice></div>`;
  }

  #renderEmpty() {
    return html`<div class="empty">
      <p>Click a point for its exact nearest neighbors in all ${formatCount(this.state.shown!.step.shape[1])} dimensions.</p>
      <p>Or press <kbd>/</kbd> and search by text.</p>
      <p>Or <button class="link" @click=${() => this.actions.focusTerms()}>add and subtract points</button>: king − man + woman.</p>
    </div>`;
  }
}
