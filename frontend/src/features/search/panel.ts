/** The search field: text, an expression or a whole cell, in one column or all; with the number of matches. */
import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { withAll } from "../../controls/option";
import "../../controls/select_field";
import { formatCount } from "../../data/format";
import { isInRows, lowerBound } from "../../data/row_sets";
import type { QueryMode } from "../../data/search";
import { columnsOf, isLoaded, pointCount, searchedColumns } from "../../state/derived";
import { StoreElement } from "../../state/store_element";
import { hasOnlyNumbers } from "./searched";

const ALL = "";
const PLACEHOLDERS: Record<QueryMode, string> = {
  text: "Search by text",
  regex: "Regular expression",
  exact: "The whole cell",
};

@customElement("search-field")
export class SearchField extends StoreElement {
  @query("input") private input!: HTMLInputElement;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; padding: 0 16px 12px; }
      .field { position: relative; display: flex; }
      .field > svg { position: absolute; left: 8px; top: 6px; color: var(--text-faint); pointer-events: none; }
      input[type="search"] { flex: 1; padding-left: 28px; padding-right: 90px; text-overflow: ellipsis; }
      input[aria-invalid="true"] { border-color: var(--error); }
      input::-webkit-search-cancel-button { display: none; }
      .modes { position: absolute; right: 2px; top: 2px; display: flex; gap: 1px; }
      .modes button { min-height: 24px; min-width: 27px; padding: 0; font: 13px/1 var(--mono); letter-spacing: -.03em; }
      .below { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 24px; margin-top: 4px; }
      .in { flex: 1; display: flex; align-items: center; gap: 4px; min-width: 96px; }
      .in select-field { flex: 1; }
      .found { display: flex; align-items: center; gap: 2px; white-space: nowrap; }
      .found button { min-height: 24px; min-width: 24px; padding: 0; }
      .bad { color: var(--error); margin-top: 4px; overflow-wrap: anywhere; }
    `,
  ];

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  override render() {
    const { query, searchMode, failures } = this.state;
    return html`<div class="field">
        ${icon("search")}
        <input type="search" aria-label="Search by text" title="${this.commandTip("search")}. Enter: the next match" placeholder=${PLACEHOLDERS[searchMode]}
          spellcheck="false" autocomplete="off" .value=${query} aria-invalid=${failures.search !== undefined && !failures.search.isCanceled}
          aria-describedby="search-status" @focus=${() => this.actions.prepareSearch()} @input=${() => this.store.set({ query: this.input.value, list: "matches" })} @keydown=${this.#key} />
        <div class="modes">${this.#renderModes()}</div>
      </div>
      <div class="below small">${this.#renderColumns()} ${this.#renderCount()}</div>
      <div id="search-status">${this.#renderFailure()}</div>`;
  }

  #renderModes() {
    const { matchCase } = this.state;
    return html`<button class="icon" aria-pressed=${matchCase} aria-label="Match case" title="Match case: «Paris» is not «paris»"
        @click=${() => this.store.set({ matchCase: !matchCase })}>Aa</button>
      ${this.#renderMode("exact", "=", "Exact", "Exact: the text is the whole cell")}
      ${this.#renderMode("regex", ".*", "Regular expression", "Regular expression")}`;
  }

  #renderMode(mode: QueryMode, sign: string, name: string, title: string) {
    const isOn = this.state.searchMode === mode;
    return html`<button class="icon" aria-pressed=${isOn} aria-label=${name} title=${title}
      @click=${() => this.store.set({ searchMode: isOn ? "text" : mode })}>${sign}</button>`;
  }

  #renderColumns() {
    const columns = columnsOf(this.state);
    if (hasOnlyNumbers(this.state)) return html`<span class="faint">No metadata: by row number</span>`;
    if (columns.length === 0)
      return html`<span class="faint">${isLoaded(this.state) ? "No metadata to search in" : "No labels to search in yet"}</span>`;
    const value = this.state.searchIn === ALL ? ALL : (searchedColumns(this.state)[0]?.name ?? ALL);
    const names = columns.map(({ name }) => ({ value: name, text: name }));
    const options = columns.length < 2 ? names : withAll(names, { value: ALL, text: "all columns" });
    return html`<span class="in faint">in <select-field bare quiet label="Column to search in" .value=${value} .options=${options}
      @change=${(event: CustomEvent<string>) => this.store.set({ searchIn: event.detail })}></select-field></span>`;
  }

  #renderCount() {
    const { query, matches } = this.state;
    if (query === "" || matches === null) return nothing;
    const isSome = matches.length > 0;
    return html`<span class="found"><span class="soft" role="status">${this.#countWords(matches)}</span>
      ${this.#renderStep("previous-match", "unfold", "Shift Enter", isSome)} ${this.#renderStep("next-match", "fold", "Enter", isSome)}</span>`;
  }

  /** `key`: that of the field, which does the same. */
  #renderStep(command: string, picture: "fold" | "unfold", key: string, isSome: boolean) {
    const { words, run } = this.actions.commandOf(command);
    return html`<button class="icon" aria-label=${words} title="${this.commandTip(command)}. In the field: ${key}" .disabled=${!isSome}
      @click=${() => run()}>${icon(picture)}</button>`;
  }

  /** «1,234 of 100,000»; while stepping through them «3 / 1,234 of 100,000». */
  #countWords(matches: Int32Array): string {
    const { row } = this.state;
    const all = `${formatCount(matches.length)} of ${formatCount(pointCount(this.state))}`;
    return row !== null && isInRows(matches, row) ? `${formatCount(lowerBound(matches, row) + 1)} / ${all}` : all;
  }

  #renderFailure() {
    const failure = this.state.failures.search;
    if (failure === undefined) return nothing;
    if (failure.isCanceled) {
      return html`<p class="small soft" role="status">${failure.message}
        <button class="link" @click=${() => this.actions.retry("search")}>Search again</button></p>`;
    }
    return html`<p class="bad small" role="alert">${failure.message} ${failure.fix}
      <button class="link" @click=${() => this.store.set({ searchMode: "text" })}>Look for it as text</button></p>`;
  }

  /** The first Escape empties the field, the next one leaves it. */
  #key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.actions.walkMatches(event.shiftKey ? -1 : 1);
    }
    if (event.key !== "Escape") return;
    if (this.state.query === "" && this.state.isNarrow) return; // Escape closes the drawer.
    event.stopPropagation(); // Otherwise it would also clear the selection.
    if (this.state.query !== "") this.store.set({ query: "" });
    else this.input.blur();
  }
}
