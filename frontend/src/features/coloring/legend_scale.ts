/** A color scale with a histogram above it; a drag over it, or its two sliders, show only a range. */
import { css, html, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "../../controls/control_styles";
import "../../controls/range_handles";
import type { RangeEnds } from "../../controls/range_handles";
import { KEPT_NEIGHBORS, type NumericLegend, shareOf } from "../../data/coloring";
import { cssColor, MISSING } from "../../data/css_color";
import { filterOf } from "../../data/filters";
import { formatCount, formatNumber } from "../../data/format";
import { clickedFilter, standingOf } from "../../data/legend_filter";
import { cssGradient, rampColor } from "../../data/numeric_colors";
import { drawsColors } from "../../state/selected_rows";
import { StoreElement } from "../../state/store_element";
import { plainLine } from "./legend_line";
import { legendStyles } from "./legend_styles";

const WIDTH = 188;
const HEIGHT = 36;

@customElement("legend-scale")
export class LegendScale extends StoreElement {
  @property({ attribute: false }) legend!: NumericLegend;
  /** The drag in progress, px from the left. */
  @state() private drag: { from: number; to: number } | null = null;

  static override styles = [
    controlStyles,
    legendStyles,
    css`
      svg { display: block; width: ${WIDTH}px; height: ${HEIGHT}px; cursor: crosshair; touch-action: none; }
      .bins { position: relative; width: ${WIDTH}px; }
      .ramp { width: ${WIDTH}px; height: 6px; margin: 2px 0; border-radius: 3px; }
      .ends { display: flex; justify-content: space-between; width: ${WIDTH}px; }
      .brush { fill: var(--accent); opacity: .18; }
      .filter { display: flex; justify-content: space-between; align-items: center; }
    `,
  ];

  override render() {
    const { legend } = this;
    const { min, max } = legend.values;
    return html`${this.#canFilter() ? this.#renderBins() : nothing}
      ${drawsColors(this.state) ? this.#renderRamp() : nothing}
      <div class="ends small soft"><span>${legend.min > min ? "\u2264 " : ""}${formatNumber(legend.min)}</span>
        ${legend.middle === null ? nothing : html`<span>${formatNumber(legend.middle)}</span>`}
        <span>${legend.max < max ? "\u2265 " : ""}${formatNumber(legend.max)}</span></div>
      ${this.#renderFilter()}
      ${legend.missing === 0 ? nothing : this.#renderMissing(legend.missing)}`;
  }

  #renderRamp() {
    return html`<div class="ramp" style=${styleMap({ background: cssGradient(this.legend.scale.ramp) })}></div>`;
  }

  #renderMissing(count: number) {
    const { column } = this.legend;
    if (column === KEPT_NEIGHBORS) return html`<p class="small faint">no value: ${formatCount(count)}</p>`;
    const filter = filterOf(this.state.filters, column);
    const click = () => this.actions.filterBy(column, clickedFilter(filter, column, null));
    const color = drawsColors(this.state) ? cssColor(MISSING) : null;
    return plainLine(color, "no value", count, standingOf(filter, null), click);
  }

  /** Bars in the color of their values, if points have it; height is the square root of the count, so that small bins stay visible. */
  #renderBins() {
    const { values, scale, min, max, middle, column } = this.legend;
    const hasColors = drawsColors(this.state);
    const tallest = Math.sqrt(Math.max(1, ...values.bins));
    const width = WIDTH / values.bins.length;
    const bars = [...values.bins].map((count, bin) => {
      const value = values.min + ((bin + 0.5) / values.bins.length) * (values.max - values.min);
      const height = count === 0 ? 0 : Math.max(1, (HEIGHT * Math.sqrt(count)) / tallest);
      const own = cssColor(rampColor(scale.ramp, shareOf(value, min, middle, max)));
      const color = hasColors ? own : "var(--text-faint)";
      return svg`<rect x=${bin * width} y=${HEIGHT - height} width=${width - 0.5} height=${height} fill=${color} />`;
    });
    return html`<div class="bins"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="How many points have which ${column}"
      @pointerdown=${this.#begin} @pointermove=${this.#go} @pointerup=${this.#end} @pointercancel=${this.#cancel}>
      <title>Drag: only the points of a range</title>${bars}${this.#renderBrush()}</svg>${this.#renderHandles()}</div>`;
  }

  #renderHandles() {
    const { values, column } = this.legend;
    const filter = filterOf(this.state.filters, column);
    const ends = filter?.kind === "range" ? filter : null;
    return html`<range-handles .label=${column} .min=${values.min} .max=${values.max}
      .from=${Math.max(values.min, ends?.min ?? values.min)} .to=${Math.min(values.max, ends?.max ?? values.max)}
      @change=${(event: CustomEvent<RangeEnds>) => this.#show(event.detail)}></range-handles>`;
  }

  /** The whole scale is not a filter: points without a value are shown, too. */
  #show({ from: min, to: max }: RangeEnds): void {
    const { values, column } = this.legend;
    const isAll = min <= values.min && max >= values.max;
    this.actions.filterBy(column, isAll ? null : { kind: "range", column, min, max });
  }

  #renderBrush() {
    const ends = this.#brushed();
    if (ends === null) return nothing;
    return svg`<rect class="brush" x=${ends[0]} y="0" width=${Math.max(1, ends[1] - ends[0])} height=${HEIGHT} />`;
  }

  /** px from the left. */
  #brushed(): [number, number] | null {
    if (this.drag !== null) return [Math.min(this.drag.from, this.drag.to), Math.max(this.drag.from, this.drag.to)];
    const filter = filterOf(this.state.filters, this.legend.column);
    if (filter?.kind !== "range") return null;
    return [this.#positionOf(filter.min ?? -Infinity), this.#positionOf(filter.max ?? Infinity)];
  }

  #renderFilter() {
    const filter = filterOf(this.state.filters, this.legend.column);
    if (filter?.kind !== "range") return nothing;
    const [min, max] = [filter.min, filter.max].map((end) => (end === null ? "…" : formatNumber(end)));
    return html`<div class="filter small"><span>only ${min} to ${max}</span>
      <button class="link" @click=${() => this.actions.filterBy(this.legend.column, null)}>Show all</button></div>`;
  }

  /** The fraction of kept neighbors is not a column. */
  #canFilter(): boolean {
    const { values, column } = this.legend;
    return column !== KEPT_NEIGHBORS && values.max > values.min;
  }

  #begin(event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const at = this.#at(event);
    this.drag = { from: at, to: at };
  }

  #go(event: PointerEvent): void {
    if (this.drag !== null) this.drag = { ...this.drag, to: this.#at(event) };
  }

  /** A click without a drag shows all again. */
  #end(): void {
    const { drag } = this;
    const { column } = this.legend;
    this.drag = null;
    if (drag === null) return;
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (to - from < 3) this.actions.filterBy(column, null);
    else this.actions.filterBy(column, { kind: "range", column, min: this.#valueAt(from), max: this.#valueAt(to) });
  }

  #cancel(): void {
    this.drag = null;
  }

  #at(event: PointerEvent): number {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return Math.min(WIDTH, Math.max(0, ((event.clientX - box.left) * WIDTH) / box.width));
  }

  #positionOf(value: number): number {
    const { min, max } = this.legend.values;
    return WIDTH * Math.min(1, Math.max(0, (value - min) / (max - min || 1)));
  }

  /** At the ends returns the exact limits: all their digits matter. */
  #valueAt(px: number): number {
    const { min, max } = this.legend.values;
    if (px <= 0) return min;
    return px >= WIDTH ? max : Number((min + (px / WIDTH) * (max - min)).toPrecision(4));
  }
}
