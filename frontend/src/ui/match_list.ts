/** The points that a search found, however many. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount } from "../data/format";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";
import { pointRow, ROW_PX } from "./point_row";
import { StoreElement } from "./store_element";
import "./point_list";

@customElement("match-list")
export class MatchList extends StoreElement {
  protected override readonly watched = [
    "matches",
    "labelBy",
    "metadata",
    "sprite",
    "row",
    "tasks",
    "query",
    "failures",
  ] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .head { display: flex; align-items: center; justify-content: space-between; padding: 4px 8px 4px 16px; }
      point-list { flex: 1; min-height: 0; }
      .none { padding: 8px 16px; }
    `,
  ];

  override render() {
    const { matches, query, failures } = this.state;
    if (failures.search !== undefined) return nothing; // The field says it.
    if (matches === null)
      return html`<p class="none faint">${this.state.tasks.search?.words ?? "Waiting for the metadata"}…</p>`;
    if (matches.length === 0) return html`<p class="none soft">No point matches «${query}».</p>`;
    return html`<div class="head"><h3 class="soft">Matches</h3>
        <button class="quiet" title="Move the picture to the matches" @click=${() => this.actions.flyTo(matches)}>${icon("fly")} Fly to</button></div>
      <point-list label="Matches" .count=${matches.length} .rowHeight=${ROW_PX}
        .renderRow=${(index: number) => this.#renderRow(matches[index]!)}
        @pick=${(event: CustomEvent<number>) => this.actions.select(matches[event.detail]!)}></point-list>
`;
  }

  #renderRow(row: number) {
    return pointRow(this.state, row, html`<span class="value faint small">${formatCount(row)}</span>`);
  }
}
