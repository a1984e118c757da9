/** Columns for names, colors, sizes and images of points. Unsuitable columns give the reason. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { KEPT_NEIGHBORS } from "../../data/coloring";
import type { Column } from "../../data/column";
import { whyNotImage, whyNotSize } from "../../data/column_use";
import { colorColumn, columnsOf, imageColumn, isColoredByQuality, labelColumn, sizeColumn } from "../../state/derived";
import "./color_controls";
import { controlStyles } from "../../controls/control_styles";
import { colorByColumn } from "./commands";
import "../../controls/select_field";
import { type Option, optionOf } from "../../controls/option";
import { StoreElement } from "../../state/store_element";

const NONE: Option = { value: "", text: "None" };
/** Choices that are no columns: names of these have no line breaks. */
const SHEET = "\n";
const KEPT: Option = { value: "\n", text: KEPT_NEIGHBORS };

@customElement("column-choices")
export class ColumnChoices extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: grid; gap: var(--gap); }
      .bad { color: var(--error); overflow-wrap: anywhere; }
      .task { display: flex; justify-content: space-between; }
    `,
  ];

  override render() {
    const columns = columnsOf(this.state);
    const options = columns.map(({ name }) => ({ value: name, text: name }));
    const isEmpty = columns.length === 0;
    return html`<select-field label="Label by" .disabled=${isEmpty} .value=${labelColumn(this.state)?.name ?? ""}
        .options=${isEmpty ? [{ value: "", text: "Row number" }] : options}
        @change=${(event: CustomEvent<string>) => this.store.set({ labelBy: event.detail })}></select-field>
      ${this.#renderColors(options)}
      <color-controls .store=${this.store} .actions=${this.actions}></color-controls>
      ${this.#renderSize(columns)} ${this.#renderImages(columns)}`;
  }

  /** Once the quality of a picture is known, also by that. */
  #renderColors(columns: readonly Option[]) {
    const options = [NONE, ...columns, ...(this.state.quality === null ? [] : [KEPT])];
    const chosen = isColoredByQuality(this.state) ? KEPT.value : (colorColumn(this.state)?.name ?? "");
    return html`<select-field label="Color by" .disabled=${options.length === 1} .value=${chosen} .options=${options}
      @change=${(event: CustomEvent<string>) => this.#chooseColors(event.detail)}></select-field>`;
  }

  #renderSize(columns: readonly Column[]) {
    return html`<select-field label="Size by" .disabled=${columns.length === 0} .value=${sizeColumn(this.state)?.name ?? ""}
      .options=${[NONE, ...columns.map((column) => optionOf(column, whyNotSize(column)))]}
      @change=${(event: CustomEvent<string>) => this.store.set({ sizeBy: event.detail === "" ? null : event.detail })}></select-field>`;
  }

  /** Usable columns first. */
  #renderImages(columns: readonly Column[]) {
    const { fileSprite, showImages, failures } = this.state;
    const sheet = fileSprite === null ? [] : [{ value: SHEET, text: "Sprite sheet" }];
    const usable = columns.filter((column) => whyNotImage(column) === undefined);
    const others = columns.filter((column) => whyNotImage(column) !== undefined);
    const isEmpty = sheet.length === 0 && columns.length === 0;
    const options = [...usable, ...others].map((column) => optionOf(column, whyNotImage(column)));
    const chosen = imageColumn(this.state)?.name ?? (fileSprite === null ? "" : SHEET);
    return html`<select-field label="Image by" .disabled=${isEmpty} .value=${showImages ? chosen : ""}
        .options=${[isEmpty ? { value: "", text: "No images here" } : NONE, ...sheet, ...options]}
        @change=${(event: CustomEvent<string>) => this.#chooseImages(event.detail)}></select-field>
      ${this.#renderLoading()}
      ${failures.images === undefined ? nothing : html`<p class="bad small" role="alert">${failures.images.message} ${failures.images.fix}</p>`}`;
  }

  #renderLoading() {
    const task = this.state.tasks.images;
    if (task === undefined) return nothing;
    const share = task.progress?.share ?? 0;
    return html`<p class="task small faint"><span role="status">${task.words}: ${Math.round(100 * share)} %</span>
      <button class="link" @click=${() => this.#chooseImages("")}>Cancel</button></p>`;
  }

  #chooseColors(value: string): void {
    if (value === KEPT.value) this.store.set({ colorByQuality: true });
    else colorByColumn(this.store, value);
  }

  #chooseImages(value: string): void {
    if (value === "") this.store.set(this.state.tasks.images === undefined ? { showImages: false } : { imageBy: null });
    else this.store.set({ showImages: true, imageBy: value === SHEET ? null : value });
  }
}
