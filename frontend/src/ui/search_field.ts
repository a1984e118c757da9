/** Where a search is typed: text or a regular expression, in one column or all. */
import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import { plural } from "../data/format";
import { columnsOf, searchedColumns } from "../state/derived";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";
import { StoreElement } from "./store_element";

const ALL = "";

@customElement("search-field")
export class SearchField extends StoreElement {
  protected override readonly watched = [
    "query",
    "regex",
    "searchIn",
    "labelBy",
    "metadata",
    "matches",
    "failures",
  ] as const satisfies (keyof State)[];
  @query("input") private input!: HTMLInputElement;

  static override styles = [
    controlStyles,
    css`
      .field { position: relative; display: flex; }
      .field svg { position: absolute; left: 8px; top: 6px; color: var(--text-faint); pointer-events: none; }
      input[type="search"] { flex: 1; padding-left: 28px; padding-right: 36px; }
      input::-webkit-search-cancel-button { display: none; }
      .regex { position: absolute; right: 2px; top: 2px; min-height: 24px; min-width: 28px; padding: 0; font: 12px/1 var(--mono); }
      .below { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 24px; margin-top: 4px; }
      .below label { display: flex; align-items: center; gap: 4px; min-width: 0; }
      .below select { height: 24px; border-color: transparent; background-color: transparent; padding: 0 20px 0 4px; background-position: right 10px top 9px, right 6px top 9px; }
      .bad { color: var(--error); }
    `,
  ];

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  override render() {
    const { query, regex, failures } = this.state;
    return html`<div class="field">
        ${icon("search")}
        <input type="search" aria-label="Search by text" title="Search (/)" placeholder=${regex ? "Regular expression" : "Search by text"}
          spellcheck="false" autocomplete="off" .value=${query} aria-invalid=${failures.search !== undefined}
          @input=${() => this.store.set({ query: this.input.value, list: "matches" })} @keydown=${this.#leave} />
        <button class="icon regex" aria-pressed=${regex} aria-label="Regular expression" title="Regular expression"
          @click=${() => this.store.set({ regex: !regex })}>.*</button>
      </div>
      <div class="below small">${this.#renderColumns()} ${this.#renderCount()}</div>
      ${failures.search === undefined ? nothing : html`<p class="bad small" role="alert">${failures.search.message} ${failures.search.fix}</p>`}`;
  }

  #renderColumns() {
    const columns = columnsOf(this.state);
    if (columns.length === 0)
      return html`<span class="faint">${this.state.metadata === null ? "No labels to search in yet" : nothing}</span>`;
    const value = this.state.searchIn === ALL ? ALL : (searchedColumns(this.state)[0]?.name ?? ALL);
    return html`<label class="faint">in <select aria-label="Column to search in"
      @change=${(event: Event) => this.store.set({ searchIn: (event.target as HTMLSelectElement).value })}>
      ${columns.map((column) => html`<option value=${column.name} .selected=${column.name === value}>${column.name}</option>`)}
      ${columns.length < 2 ? nothing : html`<option value=${ALL} .selected=${value === ALL}>all columns</option>`}
    </select></label>`;
  }

  #renderCount() {
    const { query, matches } = this.state;
    if (query === "" || matches === null) return nothing;
    return html`<span class="soft" role="status">${plural(matches.length, "match", "matches")}</span>`;
  }

  /** The first Escape empties the field, the next one leaves it. */
  #leave(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    if (this.state.query !== "") this.store.set({ query: "" });
    else this.input.blur();
  }
}
