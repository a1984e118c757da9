/** The points found by a search, in any number. */
import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import type { PointList, SignDetail } from "../../controls/point_list";
import { pointRow, ROW_PX } from "../../controls/point_row";
import { combineBy, isInRows, lowerBound } from "../../data/row_sets";
import { pointLine } from "../../state/point_line";
import { StoreElement } from "../../state/store_element";
import "../../controls/point_list";

@customElement("match-list")
export class MatchList extends StoreElement {
  @query("point-list") private pointList!: PointList | null;
  #revealed: number | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; flex: 1; min-height: 0; border-top: 1px solid var(--line); }
      .head { display: flex; align-items: center; justify-content: space-between; padding: 4px 8px 4px 16px; }
      point-list { flex: 1; min-height: 0; }
      .none { padding: 8px 16px; }
    `,
  ];

  override render() {
    const { matches, failures } = this.state;
    if (failures.search !== undefined) return nothing; // The search field shows it.
    if (matches === null)
      return html`<p class="none faint">${this.state.tasks.search?.words ?? "Waiting for the metadata"}…</p>`;
    if (matches.length === 0) return html`<p class="none soft">No point matches «${this.state.query}».</p>`;
    return html`<div class="head"><h3 class="soft">Matches</h3>
        <span class="does"><button class="quiet" title="Make the matches the selection; Shift adds them to it, Alt takes them out of it" @click=${(event: MouseEvent) => this.actions.selectMatches(combineBy(event))}>${icon("box")} Select</button>
        <button class="quiet" title="Move the picture to the matches" @click=${() => this.actions.flyTo(matches)}>${icon("fly")} Fly to</button></span></div>
      <point-list label="Matches" .rows=${matches} .rowHeight=${ROW_PX}
        .renderRow=${(index: number) => pointRow(pointLine(this.state, matches[index]!))}
        @choose=${(event: CustomEvent<number>) => this.actions.select(event.detail)}
        @sign=${({ detail }: CustomEvent<SignDetail>) => this.actions.addTerm(detail.row, detail.sign)}
        @point=${(event: CustomEvent<number | null>) => this.actions.pointAt(event.detail)}></point-list>`;
  }

  /** Scrolls to the current match when the user steps through matches from the search field. */
  override updated(): void {
    const { matches, row } = this.state;
    if (row === this.#revealed) return;
    this.#revealed = row;
    if (matches !== null && row !== null && isInRows(matches, row)) this.pointList?.reveal(lowerBound(matches, row));
  }
}
