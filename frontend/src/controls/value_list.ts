/** The values of a column with counts and checkboxes: `filter` carries the resulting filter. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { ValuesFilter } from "../data/filters";
import { formatCount } from "../data/format";
import type { ValueCounts } from "../data/value_counts";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";
import { VirtualList } from "./virtual_list";

const ROW_PX = 28;
const MAX_PX = 224;
/** Maximum number of values filtered while typing. */
const MAX_SEARCHED = 100_000;
const MAX_WITHOUT_SEARCH = 8;
const MAX_VALUE_CHARS = 200;

@customElement("ticked-list")
export class TickedList extends VirtualList {
  static override styles = [
    ...VirtualList.styles,
    css`
      .value { display: flex; align-items: center; gap: 8px; height: 100%; padding: 0 12px; }
      .box { flex: none; display: grid; place-items: center; width: 16px; height: 16px; border: 1px solid var(--text-faint); border-radius: 4px; }
      .box.on { border-color: transparent; background: var(--accent); color: var(--on-accent); }
      .box svg { width: 12px; height: 12px; stroke-width: 2; }
      .text { flex: 1; }
    `,
  ];
}

@customElement("value-list")
export class ValueList extends LitElement {
  @property({ attribute: false }) counts!: ValueCounts;
  @property({ attribute: false }) filter: ValuesFilter | null = null;
  @property() column = "";
  @state() private text = "";
  @query("ticked-list") private list!: TickedList;

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .head { display: flex; gap: 4px; padding: 0 12px 6px; }
      input { flex: 1; }
      ticked-list { border-top: 1px solid var(--line); }
      p { padding: 8px 12px; }
    `,
  ];

  override render() {
    const indices = this.#matchingIndices();
    const count = indices?.length ?? this.counts.size;
    const { size } = this.counts;
    return html`<div class="head">
        ${size > MAX_WITHOUT_SEARCH && size <= MAX_SEARCHED ? html`<input type="search" aria-label="Find a value" placeholder="Find a value" spellcheck="false" .value=${this.text} @input=${this.#type} />` : nothing}
        <button class="quiet" @click=${() => this.#emit([], true)}>All</button><button class="quiet" @click=${() => this.#emit([], false)}>None</button></div>
      <ticked-list label="Values" style=${styleMap({ height: `${Math.min(MAX_PX, count * ROW_PX + 1)}px` })} .count=${count} .rowHeight=${ROW_PX}
        .isTicked=${(index: number) => this.#isTicked(this.#value(indices, index))}
        .renderRow=${(index: number) => this.#renderValue(indices === null ? index : indices[index]!)}
        @pick=${(event: CustomEvent<number>) => this.#toggle(this.#value(indices, event.detail))}></ticked-list>
      ${count === 0 ? html`<p class="small soft" role="status">No value matches.</p>` : nothing}`;
  }

  #value(indices: Int32Array | null, index: number): string | null {
    return this.counts.at(indices === null ? index : indices[index]!).value;
  }

  #renderValue(index: number) {
    const { value, name, count } = this.counts.at(index);
    const isTicked = this.#isTicked(value);
    return html`<div class="value"><span class="box ${isTicked ? "on" : ""}">${isTicked ? icon("check") : nothing}</span>
      <span class="text clip ${value === null ? "faint" : ""}">${name.slice(0, MAX_VALUE_CHARS)}</span><span class="small soft">${formatCount(count)}</span></div>`;
  }

  /** Indices of values that contain the typed text; null: all. */
  #matchingIndices(): Int32Array | null {
    const wanted = this.text.trim().toLowerCase();
    if (wanted === "") return null;
    const all = Int32Array.from({ length: this.counts.size }, (_, index) => index);
    return all.filter((index) => this.counts.at(index).name.toLowerCase().includes(wanted));
  }

  #type(event: Event): void {
    this.text = (event.target as HTMLInputElement).value;
    this.list.toTop();
  }

  #isTicked(value: string | null): boolean {
    return this.filter === null || this.filter.values.includes(value) !== this.filter.isExcluding;
  }

  #toggle(value: string | null): void {
    const values = this.filter?.values ?? [];
    const isExcluding = this.filter?.isExcluding ?? true;
    const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
    this.#emit(next, isExcluding);
  }

  /** Those listed may be fewer than those that the filter names: the others occur outside of the isolated points. */
  #hasAll(values: readonly (string | null)[]): boolean {
    const { size } = this.counts;
    if (values.length < size) return false;
    const named = new Set(values);
    return Array.from({ length: size }, (_, index) => this.counts.at(index).value).every((value) => named.has(value));
  }

  /** Excluding nothing means no filter. */
  #emit(values: readonly (string | null)[], isExcluding: boolean): void {
    const isAll = isExcluding ? values.length === 0 : this.#hasAll(values);
    const filter = isAll ? null : ({ kind: "values", column: this.column, values, isExcluding } satisfies ValuesFilter);
    this.dispatchEvent(new CustomEvent("filter", { detail: filter }));
  }
}
