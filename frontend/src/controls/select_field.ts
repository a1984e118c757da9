/** A labeled choice from a list; a long list can be filtered by typing. `change` carries the new value. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "./combo_box";
import { controlStyles } from "./control_styles";
import { MAX_PLAIN_OPTIONS, type Option } from "./option";

export type { Option } from "./option";

@customElement("select-field")
export class SelectField extends LitElement {
  @property() label = "";
  @property() value = "";
  @property({ attribute: false }) options: readonly Option[] = [];
  @property({ type: Boolean }) disabled = false;
  /** Label for screen readers only, where the context is visually clear. */
  @property({ type: Boolean }) bare = false;

  static override styles = [
    controlStyles,
    css`
      .field { display: grid; grid-template-columns: var(--field-label, 64px) minmax(0, 1fr); align-items: center; gap: 8px; }
      :host([narrow]) .field { grid-template-columns: 12px minmax(0, 1fr); }
      :host([bare]) { display: block; min-width: 0; }
      select { width: 100%; }
      :host([quiet]) select { width: auto; max-width: 100%; height: 24px; border-color: transparent; background-color: transparent; padding: 0 20px 0 4px; background-position: right 10px top 9px, right 6px top 9px; }
    `,
  ];

  override render() {
    return this.options.length > MAX_PLAIN_OPTIONS ? this.#renderLong() : this.#renderShort();
  }

  #renderLong() {
    const box = html`<combo-box .label=${this.label} .value=${this.value} .options=${this.options} .disabled=${this.disabled}
      @change=${(event: CustomEvent<string>) => this.#emit(event, event.detail)}></combo-box>`;
    if (this.bare) return box;
    return html`<div class="field"><span class="soft clip" aria-hidden="true">${this.label}</span> ${box}</div>`;
  }

  #renderShort() {
    const select = this.#renderSelect();
    return this.bare
      ? select
      : html`<label class="field"><span class="soft clip">${this.label}</span> ${select}</label>`;
  }

  #renderSelect() {
    return html`<select .disabled=${this.disabled} aria-label=${this.bare ? this.label : nothing} title=${this.#chosenText()}
      @change=${(event: Event) => this.#emit(event, (event.target as HTMLSelectElement).value)}>
      ${this.options.map(
        (option) =>
          html`<option value=${option.value} ?disabled=${option.why !== undefined} .selected=${option.value === this.value}>${textOf(option)}</option>`,
      )}
    </select>`;
  }

  #chosenText(): string {
    return this.options.find((option) => option.value === this.value)?.text ?? "";
  }

  #emit(event: Event, value: string): void {
    event.stopPropagation();
    this.value = value;
    this.dispatchEvent(new CustomEvent("change", { detail: this.value }));
  }
}

function textOf({ text, why }: Option): string {
  return why === undefined ? text : `${text} — ${why}`;
}
