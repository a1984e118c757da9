/**
 * A small panel next to the element that opened it: above everything else, closed by Escape or a click elsewhere, which
 * returns focus.
 */
import { css, html, LitElement } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { controlStyles } from "./control_styles";
import { deepFocus, tabStops } from "./focus";

const GAP_PX = 4;

@customElement("anchored-popover")
export class AnchoredPopover extends LitElement {
  @property() label = "";
  /** The element it is positioned next to. */
  @property({ attribute: false }) anchor: Element | null = null;
  @query("[popover]") private panel!: HTMLElement;
  /** The element that had focus before. */
  #before: HTMLElement | null = null;

  static override styles = [
    controlStyles,
    css`
      [popover]:focus { outline: none; }
      [popover] { position: fixed; margin: 0; inset: auto; padding: 12px; border: 0; border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); overflow: auto; max-height: calc(100vh - 16px); max-width: calc(100vw - 16px); }
    `,
  ];

  override render() {
    return html`<div popover="auto" tabindex="-1" role="dialog" aria-label=${this.label} @toggle=${this.#toggled} @keydown=${this.#key}><slot></slot></div>`;
  }

  override firstUpdated(): void {
    this.#before = deepFocus();
    this.panel.showPopover();
    this.panel.focus(); // Enables its keys from the start.
    this.#position();
    requestAnimationFrame(() => {
      this.#position(); // Its content has been laid out.
      [...tabStops(this)][0]?.focus();
    });
  }

  hide(): void {
    this.panel.hidePopover();
  }

  #toggled(event: Event): void {
    if ((event as ToggleEvent).newState === "open") return;
    if (this.matches(":focus-within") || deepFocus() === null) this.#before?.focus();
    this.dispatchEvent(new CustomEvent("close"));
  }

  /** Keys do not reach the page; Escape closes only this popover. */
  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.#before?.focus();
    this.hide();
  }

  /** Below the anchor, or above it if there is no room; always within the window. */
  #position(): void {
    const box = this.anchor?.getBoundingClientRect();
    if (box === undefined) return;
    const { offsetWidth: width, offsetHeight: height } = this.panel;
    const isBelow = box.bottom + GAP_PX + height <= innerHeight - GAP_PX;
    const top = isBelow ? box.bottom + GAP_PX : Math.max(GAP_PX, box.top - GAP_PX - height);
    const left = Math.max(GAP_PX, Math.min(box.left, innerWidth - width - GAP_PX));
    Object.assign(this.panel.style, { top: `${top}px`, left: `${left}px` });
  }
}
