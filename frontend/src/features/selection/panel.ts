/** The selection in one line, with its actions. Visible while there is one. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { filterWords } from "../../data/filter_words";
import { formatCount } from "../../data/format";
import { combineBy } from "../../data/row_sets";
import { columnsOf } from "../../state/derived";
import { activeFilteredRows, selectedRows, selectionOrigin } from "../../state/selected_rows";
import { StoreElement } from "../../state/store_element";
import "./tag_form";
import type { TagForm } from "./tag_form";

@customElement("selection-section")
export class SelectionSection extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: block; flex: none; }
      section { padding: 8px 8px 8px 16px; border-top: 1px solid var(--line); }
      header { display: flex; gap: 8px; align-items: center; }
      h3 { flex: none; }
      header span { flex: 1; }
      .does { display: flex; gap: 2px; margin: 0 0 0 -6px; flex-wrap: wrap; }
      button { min-height: 24px; padding: 0 6px; gap: 4px; }
      .filtered { display: flex; gap: 2px; align-items: center; padding-right: 4px; }
      .filtered span { flex: 1; }
      .note { margin-top: 4px; padding-right: 8px; color: var(--warning); }
      .note.bad { color: var(--error); }
    `,
  ];

  /** Its form, if it is open. */
  override focus(): void {
    this.renderRoot.querySelector<TagForm>("tag-form")?.focus();
  }

  override render() {
    const rows = selectedRows(this.state);
    const filtered = activeFilteredRows(this.state);
    const { selectionNote, failures } = this.state;
    const isEmpty = rows.length === 0 && filtered === null;
    if (isEmpty && selectionNote === null && failures.subset === undefined) return nothing;
    return html`<section aria-label="Selection">
      ${filtered === null ? nothing : this.#renderFiltered(filtered)}
      ${rows.length === 0 ? nothing : this.#renderSelection(rows)}
      ${selectionNote === null ? nothing : html`<p class="note small" role="status">${selectionNote}</p>`}
      ${failures.subset === undefined ? nothing : html`<p class="note bad small" role="alert">${failures.subset.message} ${failures.subset.fix}</p>`}
    </section>`;
  }

  #renderSelection(rows: Int32Array) {
    const { actions } = this;
    const origin = selectionOrigin(this.state);
    return html`<header><h3>${formatCount(rows.length)} selected</h3><span class="small faint clip" title=${origin}>${origin}</span>
        <button class="icon" aria-label="Clear" title=${this.tip("Clear the selection", "clear")} @click=${this.#clear}>${icon("close")}</button></header>
      <div class="does">
        <button class="quiet" title=${this.tip("Look at these points alone", "isolate")} @click=${() => actions.isolate()}>${icon("isolate")} Isolate</button>
        <button class="quiet" title=${this.tip("Fly to these points", "fly")} @click=${() => actions.flyTo(rows)}>${icon("fly")} Fly to</button>
        <button class="quiet" title=${this.tip("Select all others instead", "invert-selection")} @click=${() => actions.invertSelection()}>${icon("invert")} Invert</button>
        <button class="quiet" aria-expanded=${this.state.tagging} title="Give these points a value in a column of yours" @click=${() => this.#toggleTagForm()}>${icon("tag")} Tag</button>
      </div>
      <tag-form .store=${this.store} .actions=${this.actions}></tag-form>`;
  }

  /** Rows that pass the filters of legend and table can be selected. */
  #renderFiltered(rows: Int32Array) {
    const words = filterWords(this.state.filters, columnsOf(this.state));
    return html`<div class="filtered small"><span class="clip" title=${words}>${formatCount(rows.length)} pass <b>${words}</b></span>
      <button class="quiet" title="${this.tip("Take these points for the selection", "select-filtered")}; Shift adds them to it, Alt takes them out of it" ?disabled=${rows.length === 0}
        @click=${(event: MouseEvent) => this.actions.selectFiltered(combineBy(event))}>Select</button>
      <button class="quiet" title="Remove the filters" @click=${() => this.actions.clearFilters()}>Show all</button></div>`;
  }

  #toggleTagForm(): void {
    if (this.state.tagging) this.store.set({ tagging: false });
    else this.actions.openTagForm();
  }

  /** Search matches cannot be deselected while there is a query, so the query is cleared. */
  #clear(): void {
    const { selection, row } = this.state;
    if (selection === null && row === null) this.store.set({ query: "" });
    else this.actions.selectRows([], "replace");
  }
}
