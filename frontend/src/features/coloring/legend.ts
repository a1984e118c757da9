/** The legend; it folds to its title, so that it need not hide the points behind it. */
import { css, html, type LitElement, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import type { Legend } from "../../data/coloring";
import { missingWords, type SizeLegend, sizeExamples } from "../../data/point_sizes";
import type { Cover } from "../../math/room";
import { isMetadataComing } from "../../state/derived";
import "./legend_categories";
import "./legend_scale";
import { StoreElement } from "../../state/store_element";

/** The legend of the density, which has colors of its own; the values below it still filter. */
const DENSITY = html`<section class="density small" aria-label="Density"><b>Density</b><span>few</span><div></div><span>many</span></section>`;

@customElement("picture-legend")
export class PictureLegend extends StoreElement {
  /** Whether the legends of columns have come, if there are any: the picture makes room once, for all of them. */
  #isWhole = false;

  static override styles = [
    controlStyles,
    css`
      :host { position: absolute; left: 12px; bottom: 12px; max-width: 240px; max-height: calc(50% - 12px); pointer-events: none; display: flex; flex-direction: column; gap: 6px; align-items: flex-start; }
      section { max-width: 100%; min-height: 0; box-sizing: border-box; display: flex; flex-direction: column; padding: 4px 12px; border-radius: var(--radius); background: var(--glass); box-shadow: 0 0 0 1px var(--line); pointer-events: auto; }
      .sizes, .density { flex: none; flex-direction: row; gap: 10px; align-items: center; min-height: 28px; max-width: 100%; }
      .density div { width: 72px; height: 6px; border-radius: 3px; background: var(--density); }
      .sizes span { display: inline-flex; gap: 5px; align-items: center; white-space: nowrap; }
      .disc { border-radius: 50%; background: var(--text-faint); }
      .lines { min-height: 0; margin: 0 -8px 0 0; padding: 0 6px 4px 0; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      button.title { display: flex; justify-content: space-between; gap: 12px; width: calc(100% + 12px); min-height: 24px; margin: 0 -6px; padding: 0 6px; border: 0; background: none; font-weight: 600; }
      button.title svg { flex: none; margin-right: -4px; color: var(--text-faint); }
      button.title:hover svg { color: var(--text); }
    `,
  ];

  override render() {
    const { legend, sizeLegend, density } = this.state;
    this.#isWhole = !isMetadataComing(this.state);
    return html`${density ? DENSITY : nothing}
      ${legend === null ? nothing : this.#renderColors(legend)}
      ${sizeLegend === null ? nothing : this.#renderSizes(sizeLegend)}`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#report();
  }

  /** Before the next frame is drawn, so that the picture makes room in the frame in which the legend appears. */
  async #report(): Promise<void> {
    const bodies = this.renderRoot.querySelectorAll<LitElement>("legend-scale, legend-categories");
    await Promise.all([...bodies].map((body) => body.updateComplete));
    const [corner, before] = [this.#measureCorner(), this.store.state.legendCorner];
    if (corner?.width === before?.width && corner?.height === before?.height && corner?.of === before?.of) return;
    this.store.set({ legendCorner: corner });
  }

  #measureCorner(): Cover | null {
    if (!this.#isWhole || this.offsetWidth === 0 || this.offsetHeight === 0) return null;
    const { offsetLeft, offsetTop, offsetWidth, offsetParent } = this;
    const of = JSON.stringify([this.state.legend?.column, this.state.sizeLegend?.column]);
    return { width: offsetLeft + offsetWidth, height: (offsetParent?.clientHeight ?? 0) - offsetTop, of };
  }

  #renderColors(legend: Legend) {
    const { legendOpen } = this.state;
    return html`<section aria-label="Legend: ${legend.column}">
      <button class="title" aria-expanded=${legendOpen} title=${legendOpen ? "Fold the legend" : "Unfold the legend"}
        @click=${() => this.store.set({ legendOpen: !legendOpen })}>
        <span class="clip">${legend.column}</span>${icon(legendOpen ? "fold" : "unfold")}</button>
      ${legendOpen ? html`<div class="lines">${this.#renderBody(legend)}</div>` : nothing}
    </section>`;
  }

  #renderSizes(sizes: SizeLegend) {
    const [column, missing] = [sizes.column, missingWords(sizes)];
    return html`<section class="sizes small" aria-label="Sizes: ${column}"><b class="clip">${column}</b>
      ${sizeExamples(sizes).map(
        ({ diameterPx, text }) =>
          html`<span><span class="disc" style="width: ${diameterPx}px; height: ${diameterPx}px"></span> ${text}</span>`,
      )}
      ${missing === null ? nothing : html`<span class="faint">${missing}</span>`}</section>`;
  }

  #renderBody(legend: Legend) {
    return legend.kind === "numeric"
      ? html`<legend-scale .store=${this.store} .actions=${this.actions} .legend=${legend}></legend-scale>`
      : html`<legend-categories .store=${this.store} .actions=${this.actions} .legend=${legend}></legend-categories>`;
  }
}
