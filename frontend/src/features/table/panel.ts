/** The table below the picture: its header with count and switches, its rows, and the popovers of its columns. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { findColumn } from "../../data/column";
import { moveKey, orderKeys } from "../../data/column_order";
import { formatCount, plural } from "../../data/format";
import { columnsOf, pointCount } from "../../state/derived";
import { scrolledColumns } from "./columns";
import { listedCount } from "./listed_rows";
import "./column_choice";
import "./column_filter";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import "../../controls/popover";
import { StoreElement } from "../../state/store_element";
import "./grid";
import type { TableGrid } from "./grid";

interface OpenDialog {
  /** A column's name; null: the choice of columns. */
  readonly key: string | null;
  readonly anchor: Element;
}

@customElement("point-table")
export class PointTable extends StoreElement {
  @state() private dialog: OpenDialog | null = null;
  @query("table-grid") private grid!: TableGrid;

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; flex-direction: column; height: 100%; min-height: 0; background: var(--panel); }
      header { display: flex; align-items: center; gap: 8px; flex: none; height: 36px; padding: 0 8px 0 16px; }
      .count { flex: 1; }
      .rows { position: relative; flex: 1; min-height: 0; border-top: 1px solid var(--line); }
      table-grid { height: 100%; }
      .nothing { position: absolute; inset: 32px 0 0; display: grid; gap: 8px; place-content: center; justify-items: center; pointer-events: none; }
      .nothing button { pointer-events: auto; }
      label { display: flex; align-items: center; gap: 6px; white-space: nowrap; cursor: pointer; }
      input[type="checkbox"] { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
    `,
  ];

  override focus(): void {
    this.grid.updateComplete.then(() => this.grid.renderRoot.querySelector<HTMLElement>("[role=grid]")?.focus());
  }

  override render() {
    const { filters, tableOnlySelected } = this.state;
    return html`<header>
        <span class="count clip soft" role="status">${this.#words()}</span>
        ${filters.length === 0 ? nothing : html`<button class="quiet" @click=${() => this.actions.clearFilters()}>${icon("close")} Clear ${plural(filters.length, "filter")}</button>`}
        <label><input type="checkbox" .checked=${tableOnlySelected} @change=${() => this.store.set({ tableOnlySelected: !tableOnlySelected })} />Only selected</label>
        <button class="quiet" aria-haspopup="dialog" aria-expanded=${this.dialog !== null && this.dialog.key === null}
          @click=${(event: Event) => this.#toggleDialog(null, event.currentTarget as Element)}>${icon("columns")} Columns</button>
        <button class="icon" aria-label="Close the table" title=${this.tip("Close the table", "table")} @click=${() => this.store.set({ tableOpen: false })}>${icon("close")}</button>
      </header>
      <div class="rows"><table-grid .store=${this.store} .actions=${this.actions}
        @filter=${(event: CustomEvent<{ key: string; anchor: Element }>) => this.#toggleDialog(event.detail.key, event.detail.anchor)}
        @move=${(event: CustomEvent<{ key: string; index: number }>) => this.#move(event.detail.key, event.detail.index)}></table-grid>
        ${listedCount(this.state) === 0 ? this.#renderNothing() : nothing}</div>
      ${this.#renderDialog()}`;
  }

  #words(): string {
    const { filters, filteredRows, tableOnlySelected, tasks, failures, metadata } = this.state;
    const all = pointCount(this.state);
    const listed = Math.min(listedCount(this.state), all);
    const rows = listed === all ? `All ${plural(all, "row")}` : `${formatCount(listed)} of ${plural(all, "row")}`;
    const isFiltering = filters.length > 0 && filteredRows === null && failures.table === undefined;
    const parts = [
      rows,
      tableOnlySelected ? "only selected" : "",
      filters.length > 0 ? plural(filters.length, "filter") : "",
    ];
    if (metadata === null && tasks.metadata !== undefined) parts.push(`${tasks.metadata.words}…`);
    else if (isFiltering) parts.push("filtering…");
    return parts.filter((part) => part !== "").join(" · ");
  }

  #renderNothing() {
    const { filters, tableOnlySelected } = this.state;
    const words = tableOnlySelected && filters.length === 0 ? "Nothing is selected." : "No row passes the filters.";
    return html`<div class="nothing"><p class="soft">${words}</p>${
      filters.length > 0
        ? html`<button @click=${() => this.actions.clearFilters()}>Clear the filters</button>`
        : nothing
    }</div>`;
  }

  #renderDialog() {
    if (this.dialog === null) return nothing;
    const { dialog } = this;
    const { key, anchor } = dialog;
    const column = findColumn(columnsOf(this.state), key);
    if (key !== null && column === null) return nothing;
    const label = key === null ? "Columns of the table" : `Filter by ${key.slice(0, 200)}`;
    const close = () => {
      if (this.dialog === dialog) this.dialog = null; // Another one may have been opened in the meantime.
    };
    return keyed(
      dialog,
      html`<anchored-popover .anchor=${anchor} label=${label} @close=${close}>
      ${
        column === null
          ? html`<column-choice .store=${this.store} .actions=${this.actions}></column-choice>`
          : html`<column-filter .store=${this.store} .actions=${this.actions} .column=${column}></column-filter>`
      }</anchored-popover>`,
    );
  }

  /** The button that opened it also closes it. */
  #toggleDialog(key: string | null, anchor: Element): void {
    this.dialog = this.dialog?.anchor === anchor ? null : { key, anchor };
  }

  /** Moves among the visible columns; hidden ones stay with their left neighbor. */
  #move(key: string, index: number): void {
    const keys = orderKeys(
      scrolledColumns(this.state).map((column) => column.key),
      this.state.tableOrder,
    );
    const hidden = new Set(this.state.tableHidden);
    const shown = keys.filter((one) => !hidden.has(one));
    const target = shown[Math.min(shown.length - 1, Math.max(0, index))];
    if (target !== undefined) this.store.set({ tableOrder: moveKey(keys, key, keys.indexOf(target)) });
  }
}
