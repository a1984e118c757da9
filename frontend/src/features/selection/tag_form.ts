/** Sets a column, new or existing, to a value for the selected points. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { plural } from "../../data/format";
import { columnsOf } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import { StoreElement } from "../../state/store_element";

/** Maximum number of suggestions: more names are found by typing. */
const MAX_SUGGESTIONS = 200;

@customElement("tag-form")
export class TagForm extends StoreElement {
  @state() private column = "tag";
  @state() private value = "";
  @query("input.value") private field!: HTMLInputElement | null;

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
    return html`<form aria-label="Tag the selected points" @submit=${this.#tag} @keydown=${this.#closeOnEscape}>
      <label><span class="small soft">Column</span>
        <input type="text" list="columns" required .value=${this.column} @input=${(event: Event) => (this.column = textOf(event))} /></label>
      <datalist id="columns">${columnsOf(this.state)
        .slice(0, MAX_SUGGESTIONS)
        .map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      <label><span class="small soft">Value</span>
        <input class="value" type="text" .value=${this.value} @input=${(event: Event) => (this.value = textOf(event))} /></label>
      <button class="main" ?disabled=${rows.length === 0 || this.column.trim() === ""}>${isClearing ? "Clear" : "Tag"}</button>
      <p class="note small faint">${plural(rows.length, "point")} ${isClearing ? "lose their value" : "get it"}; Ctrl Z takes it back.</p>
    </form>`;
  }

  override updated(): void {
    if (!this.#wasOpen && this.state.tagging) this.field?.focus();
    this.#wasOpen = this.state.tagging;
  }
  #wasOpen = false;

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

function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
