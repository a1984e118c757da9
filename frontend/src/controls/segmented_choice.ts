/** A choice of a few options side by side: `change` carries the new value. Arrow keys move, as in any radio group. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "./control_styles";
import type { Option } from "./select_field";

interface Segment extends Option {
  /** Description and key. */
  readonly title?: string;
}

@customElement("segmented-choice")
export class SegmentedChoice extends LitElement {
  @property() label = "";
  @property() value = "";
  @property({ attribute: false }) options: readonly Segment[] = [];

  static override styles = [
    controlStyles,
    css`
      :host { display: inline-flex; }
      div { display: flex; width: 100%; padding: 2px; gap: 2px; border-radius: var(--radius); background: var(--hover); }
      button { flex: 1; min-height: 24px; padding: var(--segment-padding, 0 8px); border: 0; border-radius: 4px; background: none; color: var(--text-soft); white-space: nowrap; }
      button[aria-checked="true"] { background: var(--raised); color: var(--text); box-shadow: 0 0 0 1px var(--line-strong), 0 1px 2px rgb(0 0 0 / 8%); }
    `,
  ];

  override render() {
    return html`<div role="radiogroup" aria-label=${this.label} @keydown=${this.#move}>
      ${this.options.map((option) => {
        const checked = option.value === this.value;
        return html`<button role="radio" aria-checked=${checked} tabindex=${checked ? 0 : -1} title=${option.title ?? nothing}
          @click=${() => this.#choose(option.value)}>${option.text}</button>`;
      })}
    </div>`;
  }

  #choose(value: string): void {
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent("change", { detail: value }));
  }

  #move(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = this.options.findIndex((option) => option.value === this.value);
    const next = (at + by + this.options.length) % this.options.length;
    this.#choose(this.options[next]!.value);
    this.updateComplete.then(() => this.renderRoot.querySelectorAll("button")[next]?.focus());
  }
}
