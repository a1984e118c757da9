/** Settings for the color column: categories or a scale, which scale, and its range. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { layoutStyles } from "../../controls/form_styles";
import { type ColorChoice, choiceFor, plainChoice, withChoice, withoutChoice } from "../../data/color_choice";
import { allScales, type ScaleName, scaleOf } from "../../data/color_scales";
import { colorKind } from "../../data/coloring";
import type { Column } from "../../data/column";
import { formatNumber } from "../../data/format";
import { hasNumbers } from "../../data/number_values";
import { cssGradient } from "../../data/numeric_colors";
import { colorColumn } from "../../state/derived";
import "../../controls/segmented_choice";
import "../../controls/select_field";
import { StoreElement } from "../../state/store_element";

@customElement("color-controls")
export class ColorControls extends StoreElement {
  static override styles = [
    controlStyles,
    layoutStyles,
    css`
      .fields { display: grid; gap: 6px; padding: 4px 0 6px; }
      .ends { display: grid; grid-template-columns: repeat(auto-fit, minmax(0, 1fr)); grid-auto-flow: column; gap: 6px; }
      .ends input { width: 100%; }
      .kind { display: grid; grid-template-columns: 64px minmax(0, 1fr); align-items: center; gap: 8px; }
      .ramp { height: 6px; border-radius: 3px; margin-left: 72px; }
    `,
  ];

  override render() {
    const column = colorColumn(this.state);
    if (column === null) return nothing;
    const chosen = choiceFor(this.state.colorChoices, column.name);
    const kind = colorKind(column, chosen);
    return html`<details><summary>Colors</summary><div class="fields">
      ${this.#renderKind(column, kind)}
      ${kind === "numeric" ? this.#renderScale(column, chosen ?? plainChoice(column.name)) : nothing}
      ${chosen === null ? nothing : this.#renderReset(column)}
    </div></details>`;
  }

  #renderKind(column: Column, kind: ColorChoice["kind"]) {
    if (!hasNumbers(column))
      return html`<p class="small faint">${column.name} holds no numbers: its values are categories.</p>`;
    const options = [
      { value: "categorical", text: "Categories", title: "A hue for each value" },
      { value: "numeric", text: "Scale", title: "A scale from the least to the greatest" },
    ];
    return html`<div class="kind"><span class="soft">Taken as</span>
      <segmented-choice label="Taken as" .value=${kind} .options=${options}
        @change=${(event: CustomEvent<ColorChoice["kind"]>) => this.#set({ kind: event.detail })}></segmented-choice></div>`;
  }

  #renderScale(column: Column, choice: ColorChoice) {
    const { legend } = this.state;
    const range = legend?.kind === "numeric" && legend.column === column.name ? legend.values : { min: 0, max: 1 };
    const scale = scaleOf(choice.scale);
    return html`<select-field label="Scale" .value=${choice.scale}
        .options=${allScales().map(({ name, words }) => ({ value: name, text: words }))}
        @change=${(event: CustomEvent<ScaleName>) => this.#set({ scale: event.detail })}></select-field>
      <div class="ramp" style="background: ${cssGradient(scale.ramp)}"></div>
      <div class="kind"><span class="soft">Range</span><div class="ends">
        ${this.#renderEnd("min", "From", choice.min, formatNumber(range.min))}
        ${scale.isDiverging ? this.#renderEnd("middle", "Middle", choice.middle, "middle") : nothing}
        ${this.#renderEnd("max", "To", choice.max, formatNumber(range.max))}</div></div>`;
  }

  #renderEnd(end: "min" | "middle" | "max", label: string, value: number | null, at: string) {
    return html`<input type="number" step="any" aria-label=${label} title=${label} placeholder=${at} .value=${value === null ? "" : String(value)}
      @change=${(event: Event) => this.#setEnd(end, event.target as HTMLInputElement)} />`;
  }

  #renderReset({ name }: Column) {
    const reset = () => this.store.set({ colorChoices: withoutChoice(this.state.colorChoices, name) });
    return html`<button class="link small" @click=${reset}>As the column looks</button>`;
  }

  #setEnd(end: "min" | "middle" | "max", input: HTMLInputElement): void {
    const value = input.value.trim() === "" ? null : input.valueAsNumber;
    if (value === null || Number.isFinite(value)) this.#set({ [end]: value });
  }

  #set(change: Partial<ColorChoice>): void {
    const column = colorColumn(this.state);
    if (column === null) return;
    const { colorChoices } = this.state;
    const choice = choiceFor(colorChoices, column.name) ?? plainChoice(column.name);
    this.store.set({ colorChoices: withChoice(colorChoices, { ...choice, ...change }) });
  }
}
