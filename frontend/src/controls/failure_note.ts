/** A failure, shown where it occurred: in plain words, with the next step. */

import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Failure } from "../data/task";

import { controlStyles } from "./control_styles";
import { icon } from "./icons";

@customElement("failure-note")
export class FailureNote extends LitElement {
  @property({ attribute: false }) failure!: Failure;
  /** Whether retrying can help. */
  @property({ type: Boolean }) retry = false;
  /** Whether it can be put away: `close`. */
  @property({ type: Boolean, reflect: true }) closable = false;

  static override styles = [
    controlStyles,
    css`
      div { position: relative; padding: 8px 12px; border-radius: var(--radius); background: var(--error-soft); overflow-wrap: anywhere; }
      .what { color: var(--error); font-weight: 500; }
      button { margin-top: 6px; min-height: 26px; }
      .close { position: absolute; top: 4px; right: 4px; margin: 0; }
      :host([closable]) .what { padding-right: 28px; }
    `,
  ];

  override render() {
    const { message, fix, location } = this.failure;
    const isNamed = !location || message.includes(location);
    return html`<div role="alert">
      <p class="what">${message}</p>
      ${isNamed ? nothing : html`<p class="small faint">${location}</p>`}
      <p class="soft">${fix}</p>
      ${this.closable ? html`<button class="icon close" aria-label="Close the note" title="Close" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${icon("close")}</button>` : nothing}
      ${this.retry ? html`<button @click=${() => this.dispatchEvent(new CustomEvent("retry"))}>Try again</button>` : nothing}
    </div>`;
  }
}
