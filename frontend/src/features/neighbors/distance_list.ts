/** Neighbors, nearest first: label, number and bar, image. A click or Enter selects, + and − add to the sum. */
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { formatDistance } from "../../data/format";
import { neighborColor } from "../../data/neighbor_colors";
import type { Neighborhood } from "../../data/neighborhood";
import "../../controls/point_list";
import type { SignDetail } from "../../controls/point_list";
import { MEASURED_ROW_PX, type Measure, pointRow } from "../../controls/point_row";
import { pointLine } from "../../state/point_line";
import { StoreElement } from "../../state/store_element";

@customElement("distance-list")
export class DistanceList extends StoreElement {
  @property() label = "";
  @property({ attribute: false }) neighborhood!: Neighborhood;
  /** A newer result is being fetched. */
  @property({ type: Boolean }) old = false;

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; min-height: 0; }
      point-list { flex: 1; min-height: 0; transition: opacity var(--ease); }
      point-list.old { opacity: .5; transition-delay: 200ms; }
    `,
  ];

  override render() {
    const { neighborhood } = this;
    const longest = longestOf(neighborhood);
    return html`<point-list class=${this.old ? "old" : ""} label=${this.label} .rows=${neighborhood.rows} .rowHeight=${MEASURED_ROW_PX}
      .renderRow=${(index: number) => pointRow(pointLine(this.state, neighborhood.rows[index]!), this.#measure(index, longest))}
      @choose=${(event: CustomEvent<number>) => this.actions.select(event.detail)}
      @sign=${({ detail }: CustomEvent<SignDetail>) => this.actions.addTerm(detail.row, detail.sign)}
      @point=${(event: CustomEvent<number | null>) => this.actions.pointAt(event.detail)}></point-list>`;
  }

  #measure(index: number, longest: number): Measure {
    const { neighborhood } = this;
    const value = neighborhood.distances[index]!;
    const distance = neighborhood.metric === "dot" ? -value : value; // Dot products are shown as such, not as distances.
    return {
      text: formatDistance(distance),
      share: Math.min(1, Math.max(0, distance / longest)),
      color: neighborColor(neighborhood, index, this.state.theme),
    };
  }
}

/** The distance of the longest bar; for dot products, the largest product. */
function longestOf({ distances }: Neighborhood): number {
  let longest = 1e-12;
  for (const distance of distances) if (Number.isFinite(distance)) longest = Math.max(longest, Math.abs(distance));
  return longest;
}
