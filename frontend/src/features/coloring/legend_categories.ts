/**
 * The values of a legend with their counts: the first click shows only one, the next mutes it, a third shows all again;
 * a double click isolates its points. The dot shows the color, and changes it; a density has other colors. Arrow keys move between values.
 */
import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { choiceFor, hexOf, plainChoice, rgbOf, withChoice, withOwnColor } from "../../data/color_choice";
import { type CategoricalLegend, type Category, MAX_CATEGORIES, rowsOfCategory } from "../../data/coloring";
import { findColumn } from "../../data/column";
import { cssColor, MISSING, OTHERS } from "../../data/css_color";
import { filterOf } from "../../data/filters";
import { formatCount, plural } from "../../data/format";
import { clickedFilter, clickedOthers, standingOf, standingOfOthers } from "../../data/legend_filter";
import { rowsWithin } from "../../data/space";
import { columnsOf } from "../../state/derived";
import { drawsColors } from "../../state/selected_rows";
import { StoreElement } from "../../state/store_element";
import { HINTS, PRESSED, plainLine } from "./legend_line";
import { legendStyles } from "./legend_styles";

@customElement("legend-categories")
export class LegendCategories extends StoreElement {
  @property({ attribute: false }) legend!: CategoricalLegend;
  /** The line in the tab order. */
  @state() private active = 0;

  static override styles = [controlStyles, legendStyles];

  override render() {
    const { categories, others, missing, column } = this.legend;
    const at = Math.min(this.active, categories.length - 1);
    return html`<div role="group" aria-label="Values of ${column}" @keydown=${this.#walk}>
        ${categories.map((category, index) => this.#renderCategory(category, index === at))}</div>
      ${others.categories === 0 ? nothing : this.#renderOthers()}
      ${missing === 0 ? nothing : this.#renderMissing(missing)}`;
  }

  #renderCategory({ text, name, count, color }: Category, isActive: boolean) {
    const { column } = this.legend;
    const standing = standingOf(filterOf(this.state.filters, column), text);
    const hasColor = drawsColors(this.state);
    return html`<div class="line ${standing} ${hasColor ? "" : "bare"}">
      ${hasColor ? this.#renderColor(text, name, color, isActive) : nothing}
      <button tabindex=${isActive ? 0 : -1} aria-pressed=${PRESSED[standing]}
        title="${name === "" ? "an empty text" : name}: ${HINTS[standing]}"
        @click=${(event: MouseEvent) => event.detail !== 2 && this.#filter(text)} @dblclick=${() => this.#isolate(text, name)}>
        <span class="name clip">${name === "" ? "\u201c\u201d" : name}</span><span class="faint">${formatCount(count)}</span></button>
    </div>`;
  }

  #renderColor(text: string, name: string, color: Category["color"], isActive: boolean) {
    return html`<input type="color" tabindex=${isActive ? 0 : -1} aria-label="Color of ${name}" title="Choose another color"
      .value=${`#${hexOf(color)}`} @change=${(event: Event) => this.#paint(text, (event.target as HTMLInputElement).value)} />`;
  }

  #renderOthers() {
    const { categories, others, column } = this.legend;
    const words = `and ${plural(others.categories, "other")}`;
    const filter = filterOf(this.state.filters, column);
    const colored = [...categories.map(({ text }) => text), null];
    const click = () => this.actions.filterBy(column, clickedOthers(filter, column, colored));
    const color = drawsColors(this.state) ? cssColor(OTHERS) : null;
    return html`${plainLine(color, words, others.count, standingOfOthers(filter, colored), click)}
      <p class="note small faint">The ${MAX_CATEGORIES} most frequent have a color each; more cannot be told apart.</p>`;
  }

  #renderMissing(count: number) {
    const standing = standingOf(filterOf(this.state.filters, this.legend.column), null);
    const color = drawsColors(this.state) ? cssColor(MISSING) : null;
    return plainLine(color, "no value", count, standing, () => this.#filter(null));
  }

  #filter(value: string | null): void {
    const { column } = this.legend;
    this.actions.filterBy(column, clickedFilter(filterOf(this.state.filters, column), column, value));
  }

  /** The first click of the double click has set a filter, which is no step of its own. */
  #isolate(text: string, name: string): void {
    const column = findColumn(columnsOf(this.state), this.legend.column);
    if (column === null) return;
    this.actions.undo();
    const rows = rowsWithin(rowsOfCategory(column, text), this.state.subset);
    this.actions.filterBy(column.name, null);
    this.actions.selectRows(rows, "replace", `${column.name} ${name}`);
    this.actions.isolate();
  }

  #paint(text: string, hex: string): void {
    const { colorChoices } = this.state;
    const choice = choiceFor(colorChoices, this.legend.column) ?? plainChoice(this.legend.column);
    this.store.set({ colorChoices: withChoice(colorChoices, withOwnColor(choice, text, rgbOf(hex))) });
  }

  #walk(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.active = Math.max(0, Math.min(this.legend.categories.length - 1, this.active + step));
    this.updateComplete.then(() => this.renderRoot.querySelectorAll<HTMLElement>(".line button")[this.active]?.focus());
  }
}
