/** The filter on one column: some of its values, a text that it contains, or a range. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import type { Column } from "../../data/column";
import { type Filter, filterOf } from "../../data/filters";
import { formatNumber } from "../../data/format";
import { Memo } from "../../data/memo";
import { takeColumn } from "../../data/part_of_rows";
import type { Subset } from "../../data/space";
import { countValues, extentOf, MAX_NUMBERS, type ValueCounts } from "../../data/value_counts";
import "../../controls/segmented_choice";
import { StoreElement } from "../../state/store_element";
import "../../controls/value_list";

/** Number of distinct texts above which a text search is offered rather than a list. */
const MAX_LISTED_VALUES = 200;
const KINDS = [
  { value: "values", text: "Values" },
  { value: "contains", text: "Contains" },
  { value: "range", text: "Range" },
];

@customElement("column-filter")
export class ColumnFilter extends StoreElement {
  @property({ attribute: false }) column!: Column;
  @state() private kind: Filter["kind"] = "values";
  readonly #counts = new Memo(countAmong);

  static override styles = [
    controlStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 10px; width: 260px; }
      header { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 28px; }
      .range { display: grid; grid-template-columns: 1fr auto 1fr; gap: 8px; align-items: center; }
      input { width: 100%; }
      value-list { margin: 0 -12px; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("column")) this.kind = this.#filter?.kind ?? kindFor(this.column);
  }

  override render() {
    const { name } = this.column;
    return html`<header><h3 class="clip" title=${name.slice(0, 300)}>${name.slice(0, 300)}</h3>
        ${this.#filter === null ? nothing : html`<button class="quiet" @click=${() => this.#set(null)}>Clear</button>`}</header>
      <segmented-choice label="Kind of filter" .value=${this.kind} .options=${KINDS}
        @change=${(event: CustomEvent<Filter["kind"]>) => (this.kind = event.detail)}></segmented-choice>
      ${this.kind === "contains" ? this.#renderContains() : this.kind === "range" ? this.#renderRange() : this.#renderValues()}`;
  }

  get #filter(): Filter | null {
    return filterOf(this.state.filters, this.column.name);
  }

  #set(filter: Filter | null): void {
    this.actions.filterBy(this.column.name, filter);
  }

  #renderContains() {
    const filter = this.#filter;
    return html`<input type="text" aria-label="Contains" placeholder="Part of the text" spellcheck="false"
      .value=${filter?.kind === "contains" ? filter.text : ""} @input=${this.#typeText} />
      <p class="small faint">Upper and lower case are the same.</p>`;
  }

  #typeText(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    this.#set(text === "" ? null : { kind: "contains", column: this.column.name, text });
  }

  #renderRange() {
    const extent = extentOf(this.column);
    const { min, max } = this.#range();
    return html`<div class="range">
        ${this.#renderEnd("At least", min, extent?.[0])}<span class="faint">to</span>${this.#renderEnd("At most", max, extent?.[1])}</div>
      <p class="small faint">Both ends count. Rows without a number are left out.</p>`;
  }

  #renderEnd(label: "At least" | "At most", value: number | null, extent: number | undefined) {
    return html`<input type="number" step="any" aria-label=${label} .value=${value === null ? "" : String(value)}
      placeholder=${extent === undefined ? "any" : formatNumber(extent)} @input=${(event: Event) => this.#typeEnd(label, event)} />`;
  }

  #typeEnd(label: "At least" | "At most", event: Event): void {
    const number = (event.target as HTMLInputElement).valueAsNumber;
    const end = { [label === "At least" ? "min" : "max"]: Number.isNaN(number) ? null : number };
    const range = { ...this.#range(), ...end };
    this.#set(range.min === null && range.max === null ? null : { kind: "range", column: this.column.name, ...range });
  }

  #range(): { min: number | null; max: number | null } {
    const filter = this.#filter;
    return filter?.kind === "range" ? { min: filter.min, max: filter.max } : { min: null, max: null };
  }

  #renderValues() {
    const counts = this.#counts.of(this.column, this.state.subset);
    if (counts === null) {
      return html`<p class="small soft">More than ${MAX_NUMBERS.toLocaleString("en-US")} different numbers: a range chooses better among them.</p>`;
    }
    const filter = this.#filter;
    return html`<value-list .counts=${counts} .filter=${filter?.kind === "values" ? filter : null} .column=${this.column.name}
      @filter=${(event: CustomEvent<Filter | null>) => this.#set(event.detail)}></value-list>`;
  }
}

/** Counts among the isolated points, if there are any. */
function countAmong(column: Column, subset: Subset | null): ValueCounts | null {
  return countValues(takeColumn(column, subset?.rows ?? null));
}

function kindFor(column: Column): Filter["kind"] {
  if (column.kind === "text") return column.dictionary.size > MAX_LISTED_VALUES ? "contains" : "values";
  if (column.kind === "number") return "range";
  return (countValues(column)?.size ?? Infinity) > MAX_LISTED_VALUES ? "range" : "values";
}
