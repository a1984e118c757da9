/** The exact nearest neighbors of the selected point: their metric, and their distances. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import "./distance_list";
import "../../controls/failure_note";
import "./neighbor_controls";
import { icon } from "../../controls/icons";
import { combineBy } from "../../data/row_sets";
import { StoreElement } from "../../state/store_element";

@customElement("neighbor-list")
export class NeighborList extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; flex: 1; min-height: 0; border-top: 1px solid var(--line); }
      distance-list { flex: 1; }
      failure-note, .task { margin: 0 16px; }
    `,
  ];

  override render() {
    const { store, actions } = this;
    const { failures } = this.state;
    return html`<neighbor-controls heading="Nearest neighbors" .store=${store} .actions=${actions}>${this.#renderSelect()}</neighbor-controls>
      ${failures.neighbors ? html`<failure-note .failure=${failures.neighbors} retry @retry=${() => actions.retry("neighbors")}></failure-note>` : this.#renderList()}`;
  }

  #renderSelect() {
    const { neighborhood, row } = this.state;
    const title = "Make the point and its neighbors the selection; Shift adds them to it, Alt takes them out of it";
    return html`<button class="quiet" title=${title} ?disabled=${neighborhood === null || neighborhood.row !== row}
      @click=${(event: MouseEvent) => this.actions.selectNeighbors(combineBy(event))}>${icon("box")} Select</button>`;
  }

  #renderList() {
    const { neighborhood, tasks, row } = this.state;
    if (neighborhood === null)
      return tasks.neighbors ? html`<p class="task small faint">${tasks.neighbors.words}…</p>` : nothing;
    return html`<distance-list label="Nearest neighbors" .store=${this.store} .actions=${this.actions} .neighborhood=${neighborhood}
      ?old=${neighborhood.row !== row}></distance-list>`;
  }
}
