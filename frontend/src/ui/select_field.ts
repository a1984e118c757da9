/** A labelled choice from a list: `change` tells the new value. */
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "./control_styles";

export interface Option {
  readonly value: string;
  readonly text: string;
}

@customElement("select-field")
export class SelectField extends LitElement {
  @property() label = "";
  @property() value = "";
  @property({ attribute: false }) options: readonly Option[] = [];
  @property({ type: Boolean }) disabled = false;

  static override styles = [
    controlStyles,
    css`
      label { display: grid; grid-template-columns: var(--field-label, 64px) minmax(0, 1fr); align-items: center; gap: 8px; }
      :host([narrow]) label { grid-template-columns: 12px minmax(0, 1fr); }
      select { width: 100%; }
    `,
  ];

  override render() {
    return html`<label>
      <span class="soft clip">${this.label}</span>
      <select .disabled=${this.disabled} title=${this.#chosenText()} @change=${this.#choose}>
        ${this.options.map(
          (option) =>
            html`<option value=${option.value} .selected=${option.value === this.value}>${option.text}</option>`,
        )}
      </select>
    </label>`;
  }

  #chosenText(): string {
    return this.options.find((option) => option.value === this.value)?.text ?? "";
  }

  #choose(event: Event): void {
    event.stopPropagation();
    this.value = (event.target as HTMLSelectElement).value;
    this.dispatchEvent(new CustomEvent("change", { detail: this.value }));
  }
}
