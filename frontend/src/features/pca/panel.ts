/** PCA: the components on the axes, and the variance explained by each. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "../../controls/control_styles";
import { formatShare, plural } from "../../data/format";
import { sameWords } from "../../data/projection";
import { availableComponents, drawnComponents, drawnDimensions, drawnVariance } from "../../state/derived";
import "../../controls/failure_note";
import "../../controls/select_field";
import { StoreElement } from "../../state/store_element";

const AXES = ["X", "Y", "Z"] as const;

@customElement("pca-controls")
export class PcaControls extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: block; }
      .axes { display: grid; gap: var(--gap); margin-bottom: 8px; }
      .bars { overflow: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      @media (max-height: 820px) { .bars { max-height: 54px; } } /* Where the panel would not fit else. */
      .bar { display: grid; grid-template-columns: 20px 1fr 52px 14px; gap: 8px; align-items: center; height: 18px; }
      .track { height: 6px; border-radius: 3px; background: var(--hover); overflow: hidden; }
      .fill { height: 100%; min-width: 1px; border-radius: 3px; background: var(--line-strong); transition: width var(--ease); }
      .drawn .fill { background: var(--accent); }
      .number { text-align: right; }
      .axis { color: var(--accent); font-weight: 600; }
      .more { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-top: 4px; min-height: 20px; }
      .note { margin-top: 4px; }
    `,
  ];

  override render() {
    return html`<div class="axes" @pointerdown=${() => this.actions.loadComponents()} @focusin=${() => this.actions.loadComponents()}>
        ${AXES.slice(0, drawnDimensions(this.state)).map((_, axis) => this.#renderAxis(axis))}
      </div>
      ${this.#renderVariance()}`;
  }

  #renderAxis(axis: number) {
    const available = Array.from({ length: availableComponents(this.state) }, (_, component) => component);
    const ratios = this.state.projection?.varianceRatios ?? [];
    const share = (component: number) =>
      ratios[component] === undefined ? "" : ` · ${formatShare(ratios[component])}`;
    return html`<select-field narrow label=${AXES[axis]!} .value=${String(drawnComponents(this.state)[axis] ?? 0)}
      .options=${available.map((component) => ({ value: String(component), text: `Component ${component + 1}${share(component)}` }))}
      @change=${(event: CustomEvent<string>) => this.#choose(axis, Number(event.detail))}></select-field>`;
  }

  #choose(axis: number, component: number): void {
    this.store.set({ components: this.state.components.map((old, at) => (at === axis ? component : old)) });
  }

  #renderVariance() {
    const projection = this.state.projection;
    if (projection === null) return nothing;
    const drawn = drawnComponents(this.state);
    const max = Math.max(...projection.varianceRatios, 1e-9);
    return html`<div class="bars" role="list" tabindex="0" aria-label="Variance explained by each component">
        ${projection.varianceRatios.map((ratio, component) => this.#renderBar(component, ratio, ratio / max, drawn))}
      </div>
      <div class="more">
        ${
          sameWords(projection) === null
            ? html`<span><b>${formatShare(drawnVariance(this.state))}</b> <span class="soft">of the variance shown</span></span>`
            : html`<b>${sameWords(projection)}</b>`
        }
        ${this.#renderMore()}
      </div>
      <p class="note small faint">${this.#words()}</p>
      ${this.#renderLoadings()}`;
  }

  #words(): string {
    const projection = this.state.projection!;
    const { varianceRatios, finiteRows, rows, space, converged } = projection;
    if (sameWords(projection) !== null) return `Nothing varies: one vector, ${space}.`;
    const total = formatShare(varianceRatios.reduce((sum, ratio) => sum + ratio, 0));
    const all = finiteRows === rows ? "all " : "";
    const exact = converged === false ? "Approximate: they still changed when the passes ended" : "Exact";
    return `${total} in the first ${varianceRatios.length}. ${exact}, over ${all}${plural(finiteRows, "point")} ${space}, mean removed.`;
  }

  #renderBar(component: number, ratio: number, length: number, drawn: readonly number[]) {
    const axis = drawn.indexOf(component);
    return html`<div class="bar small ${axis >= 0 ? "drawn" : ""}" role="listitem">
      <span class="faint number">${component + 1}</span>
      <div class="track"><div class="fill" style=${styleMap({ width: `${100 * length}%` })}></div></div>
      <span class="number soft">${formatShare(ratio)}</span>
      <span class="axis">${AXES[axis] ?? ""}</span>
    </div>`;
  }

  /** The first picture fetches three components; the others cost as much again and are fetched on request. */
  #renderMore() {
    const [have, available] = [this.state.projection!.components.length, availableComponents(this.state)];
    if (have >= available) return nothing;
    return html`<button class="link" @click=${() => this.actions.loadComponents()}>All ${available}</button>`;
  }

  #renderLoadings() {
    const { tasks, failures } = this.state;
    if (failures.loadings !== undefined) {
      return html`<failure-note .failure=${failures.loadings} retry @retry=${() => this.actions.retry("loadings")}></failure-note>`;
    }
    const { words, run } = this.actions.commandOf("download-loadings");
    const title = "A table of tab-separated values: the weight of each dimension in each component";
    return html`<button class="link small" ?disabled=${tasks.loadings !== undefined} title=${this.tip(title, "download-loadings")}
      @click=${() => run()}>${tasks.loadings === undefined ? words : "Fetching the loadings…"}</button>`;
  }
}
