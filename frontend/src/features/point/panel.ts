/** The selected point: its image, its name, its actions, and its whole row of metadata. */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { type Column, cellText } from "../../data/column";
import { formatCount } from "../../data/format";
import { mediaKind } from "../../data/media";
import { columnsOf, labelColumn, pointName } from "../../state/derived";
import "../../controls/cell_text";
import { controlStyles } from "../../controls/control_styles";
import { copyText } from "../../controls/copying";
import { icon } from "../../controls/icons";
import "./kept_neighbors";
import "./media_view";
import { thumbnail } from "../../controls/thumbnail";
import { StoreElement } from "../../state/store_element";

/** Number of columns shown at first; the rest is expanded on demand. */
const INITIAL_COLUMNS = 40;
/** Maximum size of an image beside the name; larger ones have a line of their own. */
const BESIDE_PX = 56;
const COPY_WORDS_MS = 2000;

@customElement("point-card")
export class PointCard extends StoreElement {
  @state() private isWhole = false;
  @state() private copyWords = "";
  /** The row that `copyWords` are about. */
  #copiedRow: number | null = null;
  #timer = 0;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; flex: none; max-height: 36%; overflow: auto; border-top: 1px solid var(--line); padding: 12px 8px 12px 16px; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .head { display: flex; gap: 12px; align-items: center; }
      .names { flex: 1; min-width: 0; }
      .name { font-size: 15px; font-weight: 600; overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
      .full { margin-top: 8px; }
      .does { display: flex; align-items: center; gap: 2px; margin: 6px 0 0 -6px; flex-wrap: wrap; }
      .does button { min-height: 24px; padding: 0 6px; gap: 4px; }
      .does b { font-weight: 500; font-size: 15px; line-height: 1; }
      dl { display: grid; grid-template-columns: minmax(48px, auto) minmax(0, 1fr); gap: 4px 12px; margin-top: 8px; padding-right: 8px; }
      dt { color: var(--text-faint); max-width: 110px; }
      dd { overflow-wrap: anywhere; min-width: 0; }
      dd.media { grid-column: 1 / -1; }
      .more { margin-top: 4px; }
      kept-neighbors { padding: 8px 8px 0 0; }
    `,
  ];

  override render() {
    const { row } = this.state;
    if (row === null) return nothing;
    return html`<div class="head">
        ${this.#imagePx() <= BESIDE_PX ? thumbnail(this.state.sprite, row, BESIDE_PX) : nothing}
        <div class="names"><div class="name" title=${pointName(this.state, row).slice(0, 500)}>${pointName(this.state, row)}</div><div class="small faint">row ${formatCount(row)}</div></div>
      </div>
      ${this.#imagePx() > BESIDE_PX ? html`<div class="full">${thumbnail(this.state.sprite, row, this.#imagePx())}</div>` : nothing}
      ${this.#renderDoes(row)} ${this.#renderCells(row)}
      <kept-neighbors .store=${this.store} .actions=${this.actions}></kept-neighbors>`;
  }

  /** Its native size, limited by the available room; 0: no image. */
  #imagePx(): number {
    const { sprite, rightWidth } = this.state;
    return sprite === null ? 0 : Math.min(rightWidth - 40, Math.max(sprite.thumbWidth, sprite.thumbHeight));
  }

  #renderDoes(row: number) {
    const { actions } = this;
    return html`<div class="does">
      <button class="quiet" title=${this.tip("Fly to the point", "fly")} aria-label="Fly to the point" @click=${() => actions.flyTo(Int32Array.of(row))}>${icon("fly")}</button>
      <button class="quiet" title=${this.tip("Add to the sum", "add")} aria-label="Add to the sum" @click=${() => actions.addTerm(row, 1)}><b>+</b> Add</button>
      <button class="quiet" title=${this.tip("Subtract from the sum", "subtract")} aria-label="Subtract from the sum" @click=${() => actions.addTerm(row, -1)}><b>−</b> Subtract</button>
      <button class="quiet" title="Copy the row: a line for each column" aria-label="Copy the row" @click=${() => this.#copy(row)}>${icon("copy")} Copy</button>
      <span class="small soft" role="status">${row === this.#copiedRow ? this.copyWords : ""}</span></div>`;
  }

  /** If the label column is the only one, the heading already shows it. */
  #renderCells(row: number) {
    const columns = columnsOf(this.state);
    if (columns.length === 0 || (columns.length === 1 && columns[0] === labelColumn(this.state))) return nothing;
    const shown = this.isWhole ? columns : columns.slice(0, INITIAL_COLUMNS);
    return html`<dl class="small">${shown.map((column) => this.#renderCell(column, row))}</dl>
      ${shown.length === columns.length ? nothing : html`<button class="link small more" @click=${() => (this.isWhole = true)}>Show all ${formatCount(columns.length)} columns</button>`}`;
  }

  #renderCell(column: Column, row: number) {
    const text = cellText(column, row);
    const name = html`<dt class="clip" title=${column.name}>${column.name}</dt>`;
    if (text === null) return html`${name}<dd><span class="faint">no value</span></dd>`;
    const medium = column.kind === "text" && mediaKind(text) !== null;
    return html`${name}<dd><cell-text .text=${text}></cell-text></dd>
      ${medium ? html`<dd class="media"><media-view .store=${this.store} .actions=${this.actions} .path=${text.trim()}></media-view></dd>` : nothing}`;
  }

  async #copy(row: number): Promise<void> {
    const cells = columnsOf(this.state).map((column) => `${column.name}\t${cellText(column, row) ?? ""}`);
    const isCopied = await copyText([`row\t${row}`, ...cells].join("\n"));
    this.#copiedRow = row;
    this.copyWords = isCopied ? "Copied" : "This browser does not let the page copy.";
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.copyWords = ""), COPY_WORDS_MS);
  }
}
