/** The columns that the table shows, and their order. */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { moveKey, orderKeys } from "../../data/column_order";
import { StoreElement } from "../../state/store_element";
import { scrolledColumns, type TableColumn } from "./columns";

/** Maximum number of lines rendered: with a thousand columns, typing filters them. */
const MAX_LISTED = 200;
const MAX_WITHOUT_SEARCH = 8;

@customElement("column-choice")
export class ColumnChoice extends StoreElement {
  @state() private text = "";

  static override styles = [
    controlStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; width: 280px; }
      header { display: flex; align-items: center; gap: 4px; }
      header h3 { flex: 1; }
      .list { max-height: min(320px, 50vh); margin: 0 -12px; padding: 0 6px 0 12px; overflow: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .line { display: flex; align-items: center; gap: 2px; min-height: 28px; }
      label { display: flex; align-items: center; gap: 8px; flex: 1; min-width: 0; cursor: pointer; }
      input[type="checkbox"] { flex: none; width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
      .known { display: grid; gap: 4px; padding-top: 8px; border-top: 1px solid var(--line); }
    `,
  ];

  override render() {
    const columns = this.#columns();
    const wanted = this.text.trim().toLowerCase();
    const found = columns.filter((column) => column.name.toLowerCase().includes(wanted));
    return html`<header><h3>Columns</h3>
        <button class="quiet" @click=${() => this.store.set({ tableHidden: [] })}>All</button>
        <button class="quiet" @click=${() => this.store.set({ tableHidden: columns.map((column) => column.key) })}>None</button></header>
      ${
        columns.length > MAX_WITHOUT_SEARCH
          ? html`<input type="search" aria-label="Find a column" placeholder="Find a column" spellcheck="false" .value=${this.text}
        @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)} />`
          : nothing
      }
      <div class="list">${found.slice(0, MAX_LISTED).map((column) => this.#renderLine(columns, column))}
        ${found.length === 0 ? html`<p class="small soft">${columns.length === 0 ? "There is no metadata to show." : "No column matches."}</p>` : nothing}
        ${found.length > MAX_LISTED ? html`<p class="small faint">and ${found.length - MAX_LISTED} more: type a part of their name</p>` : nothing}</div>
      <div class="known">
        ${this.#renderFlag("tableDistances", "Distance to the selected point")} ${this.#renderFlag("tableCoordinates", "Coordinates on the screen")}</div>`;
  }

  #columns(): TableColumn[] {
    const byKey = new Map(scrolledColumns(this.state).map((column) => [column.key, column]));
    return orderKeys([...byKey.keys()], this.state.tableOrder).map((key) => byKey.get(key)!);
  }

  #renderLine(columns: readonly TableColumn[], { key, name }: TableColumn) {
    const at = columns.findIndex((column) => column.key === key);
    const isShown = !this.state.tableHidden.includes(key);
    const move = (by: number) => () => this.#move(columns, key, at + by);
    const shown = name.slice(0, 200);
    return html`<div class="line"><label><input type="checkbox" .checked=${isShown} @change=${() => this.#show(key, !isShown)} />
        <span class="clip" title=${shown}>${shown}</span></label>
      <button class="icon" aria-label="Move ${shown} to the left" title="To the left" ?disabled=${at === 0} @click=${move(-1)}>${icon("unfold")}</button>
      <button class="icon" aria-label="Move ${shown} to the right" title="To the right" ?disabled=${at === columns.length - 1} @click=${move(1)}>${icon("fold")}</button></div>`;
  }

  #renderFlag(name: "tableDistances" | "tableCoordinates", words: string) {
    const isOn = this.state[name];
    return html`<label><input type="checkbox" .checked=${isOn} @change=${() => this.store.set({ [name]: !isOn })} />${words}</label>`;
  }

  #show(key: string, isShown: boolean): void {
    const others = this.state.tableHidden.filter((one) => one !== key);
    this.store.set({ tableHidden: isShown ? others : [...others, key] });
  }

  #move(columns: readonly TableColumn[], key: string, index: number): void {
    const keys = columns.map((column) => column.key);
    this.store.set({ tableOrder: moveKey(keys, key, index) });
  }
}
