/** A cell as text with its URLs as links; long texts are folded and can be expanded. */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../data/format";
import { splitLinks } from "../data/links";
import { controlStyles } from "./control_styles";

/** Number of characters shown of a folded text. */
const FOLDED_CHARS = 180;
/** Maximum number of characters displayed; copying includes the rest. */
const MAX_CHARS = 50_000;

@customElement("cell-text")
export class CellText extends LitElement {
  @property() text = "";
  @state() private open = false;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; overflow-wrap: anywhere; }
      .whole { max-height: 240px; overflow: auto; white-space: pre-wrap; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      a { color: var(--accent); text-decoration: none; border-radius: 2px; }
      a:hover { text-decoration: underline; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("text")) this.open = false;
  }

  override render() {
    const { text, open } = this;
    if (text.length <= FOLDED_CHARS) return renderLinks(text);
    const shown = text.slice(0, open ? MAX_CHARS : FOLDED_CHARS);
    const size = `${formatCount(text.length)} characters`;
    return html`<div class=${open ? "whole" : ""} tabindex=${open ? 0 : nothing}>${renderLinks(shown)}${text.length > shown.length ? "…" : nothing}</div>
      <button class="link small" aria-expanded=${open} @click=${() => (this.open = !open)}>${open ? "Show less" : `Show all ${size}`}</button>
      ${open && text.length > MAX_CHARS ? html`<span class="small faint">The first ${formatCount(MAX_CHARS)} of ${size}; «Copy» takes them all.</span>` : nothing}`;
  }
}

function renderLinks(text: string) {
  return splitLinks(text).map((part) =>
    part.href === null
      ? part.text
      : html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.text}</a>`,
  );
}
