/** The menu «Save»: the picture, the points as a table, the whole view as a page. */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { formatBytes, formatCount, formatNumber, plural } from "../../data/format";
import { columnsOf } from "../../state/derived";
import { selectedRows } from "../../state/selected_rows";
import "../../controls/popover";
import "../../controls/task_progress";
import { StoreElement } from "../../state/store_element";
import { svgLoss } from "./svg_loss";

/** Device px per CSS px of the picture on the screen. */
const RATIOS = [1, 2, 4, 8] as const;
const MIN_WIDTH_PX = 100;
/** Size of a page above which the size of its images is shown: mail and chats often refuse larger files. */
const LARGE_PAGE_BYTES = 20_000_000;

@customElement("save-menu")
export class SaveMenu extends StoreElement {
  /** Whether a page includes every column, or only the label and color columns. */
  @state() private withColumns = true;
  /** Typed width in px; null: none. */
  @state() private ownWidth: number | null = null;
  @query("button.icon") private button!: HTMLElement;

  static override styles = [
    controlStyles,
    css`
      .menu { display: grid; gap: 8px; width: 272px; }
      .line { display: grid; grid-template-columns: 84px minmax(0, 1fr); align-items: center; gap: 8px; }
      .choices { display: flex; gap: 4px; }
      .choices button { flex: 1; padding: 0 4px; }
      .own { display: flex; gap: 4px; }
      .own input { flex: 1; width: 0; }
      .with { display: flex; align-items: center; gap: 6px; }
      .with input { width: 14px; height: 14px; margin: 0; accent-color: var(--accent); }
      hr { width: 100%; margin: 0; border: 0; border-top: 1px solid var(--line); }
      p { min-height: 16px; }
    `,
  ];

  override render() {
    const { saveOpen } = this.state;
    return html`<button class="icon" aria-expanded=${saveOpen} aria-haspopup="dialog" aria-label="Save" title=${this.tip("Save: picture, table, page", "save")}
        @click=${() => this.store.set({ saveOpen: !saveOpen })}>${icon("save")}</button>
      ${saveOpen ? this.#renderMenu() : nothing}`;
  }

  #renderMenu() {
    const selected = selectedRows(this.state).length;
    const { exporting, exportNote } = this.state;
    return html`<anchored-popover label="Save" .anchor=${this.button} @close=${() => this.store.set({ saveOpen: false })}>
      <div class="menu" aria-busy=${exporting !== null}>
        <h2>Save</h2>
        ${this.#renderPictures()}
        <hr />
        ${this.#renderTables("all", "All points")}
        ${selected > 0 ? this.#renderTables("selection", `${formatCount(selected)} selected`) : nothing}
        <hr />
        ${this.#renderPage()}
        ${this.#renderProgress()}
        <p class="small soft" role="status">${exporting === null ? (exportNote ?? "") : `${exporting}…`}</p>
      </div></anchored-popover>`;
  }

  /** The progress of a file that is written piece by piece. */
  #renderProgress() {
    const task = this.state.tasks.saving;
    if (task?.progress === undefined) return nothing;
    return html`<task-progress .task=${task} @cancel=${this.#cancel}></task-progress>`;
  }

  /** The button that was pressed is gone: the menu keeps the focus, and with it the key that closes it. */
  #cancel(): void {
    this.actions.cancel("saving");
    this.renderRoot.querySelector<HTMLElement>(".choices button")?.focus();
  }

  #renderPictures() {
    const { width, height, maxRatio } = this.actions.pictureExtent();
    const max = Math.floor(width * maxRatio);
    const size = (ratio: number) => sizeWords(width * ratio, height * ratio);
    const own = this.ownWidth === null || this.ownWidth > max ? null : size(this.ownWidth / width);
    const type = (event: Event) => {
      this.ownWidth = Number((event.target as HTMLInputElement).value) || null;
    };
    return html`<div class="line"><span class="soft">Picture</span><div class="choices">
        ${RATIOS.map(
          (ratio) => html`<button ?disabled=${ratio > maxRatio} aria-label="PNG, ${ratio} times the screen's size"
            title=${ratio > maxRatio ? `${size(ratio)}: larger than ${size(maxRatio)}, the maximum` : `PNG, ${size(ratio)}`}
            @click=${() => this.actions.savePng(ratio)}>${ratio}×</button>`,
        )}
        <button aria-label="SVG" title="SVG: sharp at any size. ${svgLoss(this.state) ?? ""}" @click=${() => this.actions.saveSvg()}>SVG</button></div></div>
      <form class="line" @submit=${this.#saveOwn}><span class="soft">Own width</span><div class="own">
        <input type="number" name="width" aria-label="Width in px" min=${MIN_WIDTH_PX} max=${max} step="1" placeholder="\u2264 ${formatNumber(max)} px"
          title="Up to ${size(maxRatio)}" required @input=${type} />
        <button>PNG</button></div></form>
      ${own === null ? nothing : html`<p class="small soft size">${own}</p>`}`;
  }

  #renderTables(which: "all" | "selection", words: string) {
    const save = (format: "csv" | "arrow") => () => this.actions.saveTable(format, which);
    const what = "Row, coordinates and every column of the metadata";
    return html`<div class="line"><span class="soft clip">${words}</span><div class="choices">
      <button title="${what}, as CSV" aria-label="CSV of ${words}" @click=${save("csv")}>CSV</button>
      <button title="${what}, as an Arrow file" aria-label="Arrow of ${words}" @click=${save("arrow")}>Arrow</button></div></div>`;
  }

  #renderPage() {
    const columns = this.withColumns ? "all" : "shown";
    const bytes = this.actions.pageBytes(columns);
    const words = this.state.sheetBytes === null ? "HTML, with images…" : `HTML, about ${formatBytes(bytes)}`;
    const count = columnsOf(this.state).length;
    const set = (event: Event) => {
      this.withColumns = (event.target as HTMLInputElement).checked;
    };
    return html`<div class="line"><span class="soft">Page</span><div class="choices">
        <button title="One file that opens without a server or a network: turn, hover, search"
          @click=${() => this.actions.savePage(columns)}>${words}</button></div></div>
      ${this.#renderSheets(bytes)}
      ${count < 2 ? nothing : html`<label class="line"><span></span><span class="with"><input type="checkbox" .checked=${this.withColumns} @change=${set} /> with ${plural(count, "column")}</span></label>`}`;
  }

  #renderSheets(pageBytes: number) {
    const bytes = ((this.state.sheetBytes ?? 0) * 4) / 3;
    if (pageBytes < LARGE_PAGE_BYTES || bytes === 0) return nothing;
    const rest = formatBytes(pageBytes - bytes);
    return html`<p class="small soft">${formatBytes(bytes)} of it are images; with images off, it is about ${rest}.</p>`;
  }

  #saveOwn(event: SubmitEvent): void {
    event.preventDefault();
    const width = Number(new FormData(event.target as HTMLFormElement).get("width"));
    if (width >= MIN_WIDTH_PX) void this.actions.savePng(width / this.actions.pictureExtent().width);
  }
}

function sizeWords(width: number, height: number): string {
  const [across, down] = [Math.round(width), Math.round(height)];
  const millions = (across * down) / 1e6;
  const count = millions < 10 ? formatNumber(Number(millions.toPrecision(2))) : formatCount(Math.round(millions));
  return `${formatCount(across)} × ${formatCount(down)} px, ${count} megapixels`;
}
