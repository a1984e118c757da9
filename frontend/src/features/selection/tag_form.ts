/** Sets a column, new or existing, to a value, new or existing, for the selected points. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { findColumn } from "../../data/column";
import { formatCount, plural } from "../../data/format";
import { Memo } from "../../data/memo";
import { countValues, type ValueCounts } from "../../data/value_counts";
import { columnsOf } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import { StoreElement } from "../../state/store_element";

/** Maximum number of suggestions: any other name or value can be typed. */
const MAX_SUGGESTIONS = 200;
/** Maximum length of a suggested value: longer ones are not tags. */
const MAX_SUGGESTED_CHARS = 80;

@customElement("tag-form")
export class TagForm extends StoreElement {
  @state() private column = "tag";
  @state() private value = "";
  @query("input.value") private field!: HTMLInputElement | null;
  readonly #counts = new Memo(countValues);
  readonly #suggestions = new Memo(suggest);

  static override styles = [
    controlStyles,
    css`
      form { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: 6px; align-items: end; padding: 6px 8px 4px 0; }
      label { display: grid; gap: 2px; }
      .note { grid-column: 1 / -1; }
    `,
  ];

  override render() {
    if (!this.state.tagging) return nothing;
    const rows = selectedRows(this.state);
    const isClearing = this.value.trim() === "";
    const column = findColumn(columnsOf(this.state), this.column.trim());
    const counts = column === null ? null : this.#counts.of(column);
    return html`<form aria-label="Tag the selected points" @submit=${this.#tag} @keydown=${this.#closeOnEscape}>
      <label><span class="small soft">Column</span>
        <input type="text" list="columns" required .value=${this.column} @input=${(event: Event) => (this.column = textOf(event))} /></label>
      <datalist id="columns">${columnsOf(this.state)
        .slice(0, MAX_SUGGESTIONS)
        .map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      <label><span class="small soft">Value</span>
        <input class="value" type="text" list="values" .value=${this.value} @input=${(event: Event) => (this.value = textOf(event))} /></label>
      <datalist id="values">${this.#suggestions.of(counts).map((name) => html`<option value=${name}></option>`)}</datalist>
      <button class="main" ?disabled=${rows.length === 0 || this.column.trim() === ""}>${isClearing ? "Clear" : "Tag"}</button>
      <p class="note small faint">${plural(rows.length, "point")} ${isClearing ? "lose their value" : "get it"}; Ctrl Z takes it back.</p>
      ${counts === null || isClearing ? nothing : html`<p class="note small faint" role="status">${standingWords(counts.countOf(this.value.trim()))}</p>`}
    </form>`;
  }

  override focus(): void {
    this.updateComplete.then(() => this.field?.focus());
  }

  #tag(event: Event): void {
    event.preventDefault();
    this.actions.tagSelection(this.column, this.value);
  }

  #closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // Outside of the form this key clears the selection.
    this.store.set({ tagging: false });
  }
}

/** The most frequent values. */
function suggest(counts: ValueCounts | null): readonly string[] {
  const values = Array.from({ length: Math.min(counts?.size ?? 0, MAX_SUGGESTIONS) }, (_, at) => counts!.at(at));
  return values.flatMap(({ value, name }) => (value === null || name.length > MAX_SUGGESTED_CHARS ? [] : [name]));
}

function standingWords(count: number): string {
  if (count === 0) return "No point has this value yet.";
  return count === 1 ? "1 point has this value already." : `${formatCount(count)} points have this value already.`;
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
