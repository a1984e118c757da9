/** The exact nearest neighbors of a sum of points, excluding its own points. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import "./distance_list";
import "../../controls/failure_note";
import "./neighbor_controls";
import { StoreElement } from "../../state/store_element";

@customElement("sum-list")
export class SumList extends StoreElement {
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
    return html`<neighbor-controls heading="Nearest to the sum" .store=${store} .actions=${actions}></neighbor-controls>
      ${failures.sum ? html`<failure-note .failure=${failures.sum} retry @retry=${() => actions.retry("sum")}></failure-note>` : this.#renderList()}`;
  }

  #renderList() {
    const { sumNeighborhood, tasks } = this.state;
    if (sumNeighborhood === null)
      return tasks.sum ? html`<p class="task small faint">${tasks.sum.words}…</p>` : nothing;
    return html`<distance-list label="Nearest to the sum" .store=${this.store} .actions=${this.actions} .neighborhood=${sumNeighborhood}
      ?old=${tasks.sum !== undefined}></distance-list>`;
  }
}
