/** Looks into the data: search by text, the selected point, its nearest neighbors. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount } from "../data/format";
import { listInFront } from "../state/derived";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import "./match_list";
import "./neighbor_list";
import "./point_card";
import "./search_field";
import "./segmented_choice";
import { StoreElement } from "./store_element";

@customElement("inspector-panel")
export class InspectorPanel extends StoreElement {
  protected override readonly watched = [
    "row",
    "query",
    "list",
    "matches",
    "neighborhood",
    "neighborCount",
    "shown",
  ] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; min-height: 0; height: 100%; }
      .top { padding: 12px 16px; }
      .top h2 { margin-bottom: 8px; }
      .lists { padding: 0 16px 8px; }
      segmented-choice { display: flex; }
      point-card { flex: none; max-height: 45%; overflow: auto; border-top: 1px solid var(--line); }
      match-list, neighbor-list { flex: 1; min-height: 0; border-top: 1px solid var(--line); }
      .empty { padding: 24px 16px; border-top: 1px solid var(--line); color: var(--text-soft); display: grid; gap: 8px; }
    `,
  ];

  override render() {
    const front = listInFront(this.state);
    const props = { store: this.store, actions: this.actions };
    return html`<div class="top"><h2>Inspector</h2><search-field .store=${props.store} .actions=${props.actions}></search-field></div>
      ${this.state.row === null ? nothing : html`<point-card .store=${props.store} .actions=${props.actions}></point-card>`}
      ${this.#renderSwitch(front)}
      ${front === "matches" ? html`<match-list .store=${props.store} .actions=${props.actions}></match-list>` : nothing}
      ${front === "neighbors" ? html`<neighbor-list .store=${props.store} .actions=${props.actions}></neighbor-list>` : nothing}
      ${front === null && this.state.shown !== null ? this.#renderEmpty() : nothing}`;
  }

  #renderSwitch(front: "matches" | "neighbors" | null) {
    if (this.state.query === "" || this.state.row === null) return nothing;
    const { matches, neighborhood } = this.state;
    const counted = (name: string, rows: Int32Array | undefined) =>
      rows ? `${name} ${formatCount(rows.length)}` : name;
    return html`<div class="lists"><segmented-choice label="List" .value=${front ?? "neighbors"}
      .options=${[
        { value: "neighbors", text: counted("Neighbors", neighborhood?.rows) },
        { value: "matches", text: counted("Matches", matches ?? undefined) },
      ]}
      @change=${(event: CustomEvent<"matches" | "neighbors">) => this.store.set({ list: event.detail })}></segmented-choice></div>`;
  }

  #renderEmpty() {
    return html`<div class="empty">
      <p>Click a point for its exact nearest neighbors in all ${formatCount(this.state.shown!.step.shape[1])} dimensions.</p>
      <p>Or press <kbd>/</kbd> and search by text.</p>
    </div>`;
  }
}
