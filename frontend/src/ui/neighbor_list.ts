/** The exact nearest neighbors of the selected point: how they are measured, how far each is, and in which space. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { formatCount, formatDistance } from "../data/format";
import { neighborColor } from "../data/neighbor_colors";
import type { Metric, Neighborhood } from "../data/neighborhood";
import { NEIGHBOR_COUNT, type State } from "../state/state";
import { controlStyles } from "./control_styles";
import "./failure_note";
import "./point_list";
import { pointRow, ROW_PX } from "./point_row";
import "./segmented_choice";
import { StoreElement } from "./store_element";

@customElement("neighbor-list")
export class NeighborList extends StoreElement {
  protected override readonly watched = [
    "neighborhood",
    "row",
    "metric",
    "neighborCount",
    "labelBy",
    "metadata",
    "sprite",
    "tasks",
    "failures",
    "theme",
  ] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .controls { display: grid; gap: 6px; padding: 12px 16px 8px; }
      .k { display: grid; grid-template-columns: auto 1fr 44px; align-items: center; gap: 8px; }
      .k output { text-align: right; }
      .head { display: flex; justify-content: space-between; align-items: center; }
      point-list { flex: 1; min-height: 0; }
      point-list.old { opacity: .5; }
      failure-note { margin: 0 16px; }
    `,
  ];

  override render() {
    const { metric, neighborCount, shown, failures } = this.state;
    const most = Math.min(NEIGHBOR_COUNT.most, Math.max(NEIGHBOR_COUNT.least, (shown?.step.shape[0] ?? 1) - 1));
    return html`<div class="controls">
        <div class="head"><h2>Nearest neighbors</h2>
          <segmented-choice label="Metric" .value=${metric}
            .options=${[{ value: "cosine", text: "Cosine" }, { value: "euclidean", text: "Euclidean" }]}
            @change=${(event: CustomEvent<Metric>) => this.store.set({ metric: event.detail })}></segmented-choice></div>
        <label class="k"><span class="soft">Number</span>
          <input type="range" min=${NEIGHBOR_COUNT.least} max=${most} step="1" .value=${String(Math.min(neighborCount, most))}
            @change=${this.#setCount} @input=${this.#showCount} />
          <output>${formatCount(Math.min(neighborCount, most))}</output></label>
        <p class="small faint">Distances in the vectors ${this.state.neighborhood?.space ?? "as stored"}, ${formatCount(shown?.step.shape[1] ?? 0)} dimensions</p>
      </div>
      ${failures.neighbors ? html`<failure-note .failure=${failures.neighbors} retry @retry=${() => this.actions.retry("neighbors")}></failure-note>` : this.#renderList()}`;
  }

  #renderList() {
    const { neighborhood, tasks, row } = this.state;
    if (neighborhood === null)
      return tasks.neighbors
        ? html`<p class="small faint" style="padding: 0 16px">${tasks.neighbors.words}…</p>`
        : nothing;
    const farthest = Math.max(...neighborhood.distances.filter(Number.isFinite), 1e-12);
    return html`<point-list class=${neighborhood.row === row ? "" : "old"} label="Nearest neighbors" .count=${neighborhood.rows.length} .rowHeight=${ROW_PX}
      .renderRow=${(index: number) => this.#renderNeighbor(neighborhood, index, farthest)}
      @pick=${(event: CustomEvent<number>) => this.actions.select(neighborhood.rows[event.detail]!)}></point-list>`;
  }

  #renderNeighbor(neighborhood: Neighborhood, index: number, farthest: number) {
    const distance = neighborhood.distances[index]!;
    const width = `${Math.max(2, (56 * distance) / farthest)}px`;
    const background = neighborColor(neighborhood, index, this.state.theme);
    return pointRow(
      this.state,
      neighborhood.rows[index]!,
      html`<span class="track"><span class="bar" style=${styleMap({ width, background })}></span></span>
        <span class="value small soft">${formatDistance(distance)}</span>`,
    );
  }

  #setCount(event: Event): void {
    this.store.set({ neighborCount: Number((event.target as HTMLInputElement).value) });
  }

  /** The number follows the thumb; the server is asked when it is let go. */
  #showCount(event: Event): void {
    const output = this.renderRoot.querySelector("output");
    if (output !== null) output.value = formatCount(Number((event.target as HTMLInputElement).value));
  }
}
