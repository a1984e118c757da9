/** Renders the visible rows and columns of any number. It is a single tab stop; arrow keys move between cells. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { columnsInSight, offsetsOf, scrollToColumn } from "../../data/column_window";
import { filterOf } from "../../data/filters";
import { isInRows } from "../../data/row_sets";
import { type RowWindow, scrollTo, windowOf } from "../../data/row_window";
import { nextSort } from "../../data/sort_text";
import { withKey } from "../../state/command";
import { selectedRows } from "../../state/selected_rows";
import { StoreElement } from "../../state/store_element";
import { pinnedColumns, shownColumns, type TableColumn } from "./columns";
import { FILTER_KEYS } from "./commands";
import { type Cursor, movedCursor } from "./cursor";
import { listedCount, listedIndex, listedRow } from "./listed_rows";
import { type PickMode, pickAll, pickRow } from "./selecting";
import { gridStyles, HEAD_PX, TABLE_ROW_PX } from "./styles";
import { widthOf } from "./widths";

/** Number of rows rendered beyond the visible ones, so that fast scrolling does not outrun them. */
const BEYOND = 4;

interface Shape {
  readonly columns: readonly TableColumn[];
  readonly pinned: number;
  /** Left edge of each column; for scrolling columns, without scrolling. */
  readonly offsets: Float64Array;
  readonly pinnedPx: number;
}

@customElement("table-grid")
export class TableGrid extends StoreElement {
  @state() private cursor: Cursor = { row: 0, column: 0 };
  @query(".viewport") private viewport!: HTMLElement | null;
  /** The row that a range starts from; null: the first. */
  #anchor: number | null = null;
  #dragged: string | null = null;
  /** The row last scrolled into view, or clicked here. */
  #followed: number | null = null;
  readonly #resizes = new ResizeObserver(() => this.requestUpdate());

  static override styles = [controlStyles, gridStyles];

  override render() {
    const shape = this.#shape();
    const count = listedCount(this.state);
    const [rows, indices] = [this.#rowWindow(count), this.#columnIndices(shape)];
    const px = `${shape.offsets.at(-1)}px`;
    return html`<div class="viewport" role="grid" tabindex="0" aria-label="Table" aria-multiselectable="true"
      aria-rowcount=${count + 1} aria-colcount=${shape.columns.length} aria-activedescendant=${this.#activeId(rows, indices)}
      @scroll=${() => this.requestUpdate()} @keydown=${this.#key} @pointerleave=${() => this.actions.pointAt(null)}>
      <div class="head" role="rowgroup" style=${styleMap({ width: px })}><div class="row" role="row" aria-rowindex="1" style=${styleMap({ width: px })}>
        ${indices.map((columnIndex) => this.#renderHead(shape, columnIndex))}</div></div>
      <div class="body" role="rowgroup" style=${styleMap({ width: px, height: `${rows.contentPx}px` })}>
        ${this.#renderRows(shape, rows, indices)}</div>
    </div>`;
  }

  /** Fewer rows may be listed than before. */
  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const last = Math.max(0, listedCount(this.state) - 1);
    if (this.cursor.row > last) this.cursor = { ...this.cursor, row: last };
  }

  override firstUpdated(): void {
    this.#resizes.observe(this.viewport!);
  }

  /** Scrolls to a point that was selected elsewhere. */
  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { row } = this.state;
    if (row === this.#followed) return;
    this.#followed = row;
    const index = row === null ? -1 : listedIndex(this.state, row);
    if (index < 0) return;
    this.#anchor = row;
    this.#goTo({ row: index, column: this.cursor.column });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  #shape(): Shape {
    const pinned = pinnedColumns(this.state);
    const columns = [...pinned, ...shownColumns(this.state)];
    const rows = this.state.shown?.step.shape[0] ?? 0;
    const offsets = offsetsOf(columns.map((column) => widthOf(column, rows)));
    return { columns, pinned: pinned.length, offsets, pinnedPx: offsets[pinned.length]! };
  }

  #rowWindow(count: number): RowWindow {
    const viewPx = Math.max(TABLE_ROW_PX, (this.viewport?.clientHeight ?? 0) - HEAD_PX);
    const seen = windowOf(count, TABLE_ROW_PX, viewPx, this.viewport?.scrollTop ?? 0);
    const first = Math.max(0, seen.first - BEYOND);
    const firstTop = seen.firstTop - (seen.first - first) * TABLE_ROW_PX;
    return { ...seen, first, firstTop, end: Math.min(count, seen.end + BEYOND) };
  }

  /** Indices of the rendered columns: the pinned ones, and the visible ones of the others. */
  #columnIndices({ pinned, offsets, pinnedPx }: Shape): number[] {
    const left = (this.viewport?.scrollLeft ?? 0) + pinnedPx;
    const { first, end } = columnsInSight(offsets, left, Math.max(1, (this.viewport?.clientWidth ?? 0) - pinnedPx));
    const from = Math.max(pinned, first);
    return [...Array(pinned).keys(), ...Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at)];
  }

  #renderHead(shape: Shape, columnIndex: number) {
    const column = shape.columns[columnIndex]!;
    const at = this.state.tableSort.findIndex((key) => key.column === column.key);
    const key = this.state.tableSort[at];
    const order = key === undefined ? "none" : key.isDescending ? "descending" : "ascending";
    const rank = this.state.tableSort.length > 1 && at >= 0 ? at + 1 : "";
    return html`<div role="columnheader" id="cell-head-${columnIndex}" aria-colindex=${columnIndex + 1} aria-sort=${order} title=${column.name.slice(0, 300)}
      class=${this.#cellClass(shape, columnIndex, -1)} style=${this.#cellStyle(shape, columnIndex)} draggable=${columnIndex >= shape.pinned}
      @click=${(event: MouseEvent) => this.#sort(column, event.shiftKey)}
      @dragstart=${() => (this.#dragged = column.key)} @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${() => this.#drop(shape, columnIndex)}>
      <span class="clip">${column.name.slice(0, 300)}</span>${key === undefined ? nothing : html`<span class="order" aria-hidden="true">${key.isDescending ? "▼" : "▲"}${rank}</span>`}
      ${column.column === null ? nothing : this.#renderFilterButton(column)}</div>`;
  }

  #renderFilterButton({ key }: TableColumn) {
    const isOn = filterOf(this.state.filters, key) !== null;
    return html`<button class="icon filter ${isOn ? "on" : ""}" tabindex="-1" aria-label=${isOn ? "Filter (on)" : "Filter"}
      title=${withKey("Filter", FILTER_KEYS)} @click=${(event: Event) => this.#onFilterClick(event, key)}>${icon("filter")}</button>`;
  }

  #renderRows(shape: Shape, { first, end, firstTop }: RowWindow, indices: readonly number[]): TemplateResult[] {
    const selected = selectedRows(this.state);
    const rows: TemplateResult[] = [];
    for (let index = first; index < end; index++) {
      const top = firstTop + (index - first) * TABLE_ROW_PX;
      rows.push(this.#renderRow(shape, index, top, indices, selected));
    }
    return rows;
  }

  #renderRow(shape: Shape, index: number, top: number, indices: readonly number[], selected: Int32Array) {
    const row = listedRow(this.state, index);
    const isSelected = isInRows(selected, row);
    const marks = [
      ...[isSelected ? "selected" : "", row === this.state.row ? "chosen" : ""],
      row === this.state.hover?.row ? "hovered" : "",
    ];
    return html`<div role="row" class="row ${marks.join(" ")}" aria-rowindex=${index + 2} aria-selected=${isSelected}
      style=${styleMap({ width: `${shape.offsets.at(-1)}px`, transform: `translateY(${top}px)` })}
      @pointermove=${() => this.#pointAt(row)} @click=${(event: MouseEvent) => this.#click(index, event)}>
      ${indices.map((columnIndex) => this.#renderCell(shape, index, row, columnIndex))}</div>`;
  }

  #renderCell(shape: Shape, index: number, row: number, columnIndex: number) {
    const text = shape.columns[columnIndex]!.text(row);
    return html`<div role="gridcell" id="cell-${index}-${columnIndex}" aria-colindex=${columnIndex + 1} class=${this.#cellClass(shape, columnIndex, index)}
      style=${this.#cellStyle(shape, columnIndex)} title=${text !== null && text.length > 12 ? text : nothing}>${text ?? html`<span class="none" aria-label="no value">–</span>`}</div>`;
  }

  #cellClass({ columns, pinned }: Shape, columnIndex: number, index: number): string {
    const isActive = this.cursor.column === columnIndex && this.cursor.row === index;
    const marks = [columns[columnIndex]!.isNumber ? "number" : "", isActive ? "active" : ""];
    return `cell ${marks.join(" ")} ${columnIndex < pinned ? "pinned" : ""} ${columnIndex === pinned - 1 ? "last" : ""}`;
  }

  #cellStyle({ offsets }: Shape, columnIndex: number) {
    return styleMap({
      left: `${offsets[columnIndex]}px`,
      width: `${offsets[columnIndex + 1]! - offsets[columnIndex]!}px`,
    });
  }

  #activeId({ first, end }: RowWindow, indices: readonly number[]) {
    const { row, column } = this.cursor;
    if (!indices.includes(column)) return nothing;
    if (row < 0) return `cell-head-${column}`;
    return row >= first && row < end ? `cell-${row}-${column}` : nothing;
  }

  #sort({ key }: TableColumn, isAdding: boolean): void {
    this.store.set({ tableSort: nextSort(this.state.tableSort, key, isAdding) });
  }

  #onFilterClick(event: Event, key: string): void {
    event.stopPropagation();
    this.#emitFilter(key, event.currentTarget as HTMLElement);
  }

  #emitFilter(key: string, anchor: Element | null): void {
    if (anchor !== null) this.dispatchEvent(new CustomEvent("filter", { detail: { key, anchor } }));
  }

  #drop(shape: Shape, columnIndex: number): void {
    if (this.#dragged === null || columnIndex < shape.pinned) return;
    this.#emitMove(shape, this.#dragged, columnIndex);
    this.#dragged = null;
  }

  #emitMove({ pinned }: Shape, key: string, columnIndex: number): void {
    this.dispatchEvent(new CustomEvent("move", { detail: { key, index: columnIndex - pinned } }));
  }

  #pointAt(row: number): void {
    if (this.state.hover?.row !== row) this.actions.pointAt(row);
  }

  #click(index: number, event: MouseEvent): void {
    const column = Number((event.target as Element).closest("[role=gridcell]")?.getAttribute("aria-colindex") ?? 1) - 1;
    this.cursor = { row: index, column };
    this.#pick(index, event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : "one");
  }

  #pick(index: number, mode: PickMode): void {
    const { state: now } = this;
    if (index >= listedCount(now)) return; // None is listed.
    pickRow(now, this.actions, this.#listed(), index, this.#anchorIndex(index), mode);
    if (mode !== "range") this.#anchor = listedRow(now, index);
    this.#followed = this.state.row;
  }

  /** Where the range up to `index` starts: there, if the row it would start from is no longer listed. */
  #anchorIndex(index: number): number {
    const at = this.#anchor === null ? 0 : listedIndex(this.state, this.#anchor);
    return at < 0 ? index : at;
  }

  #listed() {
    const now = this.state;
    return { count: listedCount(now), rowAt: (index: number) => listedRow(now, index) };
  }

  #key(event: KeyboardEvent): void {
    if (!this.#walk(event) && !this.#act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #walk(event: KeyboardEvent): boolean {
    if (event.altKey) return false;
    const rows = listedCount(this.state);
    const page = Math.max(1, Math.floor(((this.viewport?.clientHeight ?? 0) - HEAD_PX) / TABLE_ROW_PX) - 1);
    const next = movedCursor(this.cursor, event, { rows, columns: this.#shape().columns.length, page });
    if (next === null) return false;
    this.#goTo(next);
    if (event.shiftKey && next.row >= 0 && /^(Arrow(Up|Down)|Page)/.test(event.key)) this.#pick(next.row, "range");
    return true;
  }

  #act(event: KeyboardEvent): boolean {
    const { row, column } = this.cursor;
    const isMore = event.ctrlKey || event.metaKey;
    if (row < 0) return this.#actOnHead(event, column);
    if (event.key === "Enter") this.#pick(row, event.shiftKey ? "range" : isMore ? "toggle" : "one");
    else if (event.key === " ") this.#pick(row, event.shiftKey ? "range" : "toggle");
    else if (event.key.toLowerCase() === "a" && isMore) pickAll(this.actions, this.#listed());
    else return false;
    return true;
  }

  #actOnHead(event: KeyboardEvent, columnIndex: number): boolean {
    const shape = this.#shape();
    const column = shape.columns[columnIndex]!;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.#sort(column, event.shiftKey);
    else if (event.altKey && event.key === "ArrowDown" && column.column !== null) this.#openFilterOf(columnIndex);
    else if (event.altKey && by !== undefined && columnIndex >= shape.pinned) {
      this.#emitMove(shape, column.key, columnIndex + by);
      this.#goTo({ row: -1, column: Math.min(shape.columns.length - 1, Math.max(shape.pinned, columnIndex + by)) });
    } else return false;
    return true;
  }

  #openFilterOf(columnIndex: number): void {
    this.#emitFilter(
      this.#shape().columns[columnIndex]!.key,
      this.renderRoot.querySelector(`#cell-head-${columnIndex}`),
    );
  }

  #goTo(cursor: Cursor): void {
    this.cursor = cursor;
    const { viewport } = this;
    if (viewport === null) return;
    const { offsets, pinned, pinnedPx } = this.#shape();
    if (cursor.row >= 0) {
      const viewPx = viewport.clientHeight - HEAD_PX;
      viewport.scrollTop = scrollTo(cursor.row, listedCount(this.state), TABLE_ROW_PX, viewPx, viewport.scrollTop);
    }
    if (cursor.column < pinned) return;
    const left = viewport.scrollLeft + pinnedPx;
    viewport.scrollLeft = scrollToColumn(offsets, cursor.column, left, viewport.clientWidth - pinnedPx) - pinnedPx;
  }
}
