/** What the colors mean; folds to its title, so that it need not hide the points behind it. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { CategoricalLegend, NumericLegend } from "../data/coloring";
import { formatCount, formatNumber, plural } from "../data/format";
import { cssColor, cssGradient, VIRIDIS } from "../data/numeric_colors";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";
import { StoreElement } from "./store_element";

/** As many lines as fit beside the picture without being in its way. */
const MOST_LINES = 10;

@customElement("picture-legend")
export class PictureLegend extends StoreElement {
  protected override readonly watched = ["legend", "legendOpen"] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { position: absolute; left: 12px; bottom: 12px; max-width: 220px; pointer-events: none; }
      section { padding: 4px 12px; border-radius: var(--radius); background: var(--glass); box-shadow: 0 0 0 1px var(--line); }
      .lines { padding: 0 0 4px; }
      button.title { display: flex; justify-content: space-between; gap: 12px; width: calc(100% + 12px); min-height: 24px; margin: 0 -6px; padding: 0 6px; border: 0; background: none; font-weight: 600; pointer-events: auto; }
      button.title svg { flex: none; margin-right: -4px; color: var(--text-faint); }
      button.title:hover svg { color: var(--text); }
      .line { display: grid; grid-template-columns: 10px minmax(0, 1fr) auto; gap: 8px; align-items: center; line-height: 18px; }
      .dot { width: 8px; height: 8px; border-radius: 50%; }
      .ramp { width: 176px; height: 8px; margin: 6px 0 2px; border-radius: 4px; }
      .ends { display: flex; justify-content: space-between; }
    `,
  ];

  override render() {
    const { legend, legendOpen } = this.state;
    if (legend === null) return nothing;
    return html`<section aria-label="Legend: ${legend.column}">
      <button class="title" aria-expanded=${legendOpen} title=${legendOpen ? "Fold the legend" : "Unfold the legend"}
        @click=${() => this.store.set({ legendOpen: !legendOpen })}>
        <span class="clip">${legend.column}</span>${icon(legendOpen ? "fold" : "unfold")}</button>
      ${legendOpen ? this.#renderLines(legend) : nothing}
    </section>`;
  }

  #renderLines(legend: CategoricalLegend | NumericLegend) {
    return html`<div class="lines">
      ${legend.kind === "numeric" ? this.#renderRamp(legend) : this.#renderCategories(legend)}
      ${legend.missing === 0 ? nothing : this.#renderLine("var(--text-faint)", "no value", legend.missing)}
    </div>`;
  }

  #renderRamp(legend: NumericLegend) {
    return html`<div class="ramp" style=${styleMap({ background: cssGradient(VIRIDIS) })}></div>
      <div class="ends small soft"><span>${formatNumber(legend.min)}</span><span>${formatNumber(legend.max)}</span></div>`;
  }

  #renderCategories(legend: CategoricalLegend) {
    const lines = legend.categories.slice(0, MOST_LINES);
    const beyond = legend.categories.slice(MOST_LINES);
    const categories = beyond.length + legend.others.categories;
    const count = beyond.reduce((sum, category) => sum + category.count, legend.others.count);
    return html`${lines.map((category) => this.#renderLine(cssColor(category.color), category.text, category.count))}
      ${categories === 0 ? nothing : this.#renderLine("transparent", `and ${plural(categories, "other")}`, count)}`;
  }

  #renderLine(color: string, text: string, count: number) {
    return html`<div class="line small"><span class="dot" style=${styleMap({ background: color })}></span>
      <span class="clip" title=${text}>${text}</span><span class="faint">${formatCount(count)}</span></div>`;
  }
}
