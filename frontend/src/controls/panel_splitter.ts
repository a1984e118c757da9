/** The inner edge of a panel, moved by dragging or with the arrow keys: `resize` carries its new width, or height. */

import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";

const KEY_STEP_PX = 16;

@customElement("panel-splitter")
export class PanelSplitter extends LitElement {
  /** px: the width of a side panel, or the height of the bottom one. */
  @property({ type: Number }) width = 280;
  @property({ reflect: true }) side: "left" | "right" | "bottom" = "left";
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = Infinity;
  @property() label = "";

  static override styles = css`
    :host { position: relative; z-index: 2; width: 1px; background: var(--line); }
    div { position: absolute; inset: 0 -4px; cursor: col-resize; touch-action: none; }
    div::after { content: ""; position: absolute; inset: 0 3px; transition: background var(--ease); }
    div:hover::after, div:focus-visible::after, div:active::after { background: var(--accent); }
    div:focus-visible { outline: none; }
    div:focus-visible::after { transition: none; }
    :host([side="bottom"]) { width: auto; height: 1px; }
    :host([side="bottom"]) div { inset: -4px 0; cursor: row-resize; }
    :host([side="bottom"]) div::after { inset: 3px 0; }
  `;

  override render() {
    return html`<div role="separator" aria-orientation=${this.side === "bottom" ? "horizontal" : "vertical"} aria-label=${this.label} tabindex="0" aria-valuenow=${this.width}
      aria-valuemin=${this.min} aria-valuemax=${this.max} @pointerdown=${this.#drag} @keydown=${this.#key}></div>`;
  }

  #drag(event: PointerEvent): void {
    const handle = event.currentTarget as HTMLElement;
    const along = this.side === "bottom" ? "clientY" : "clientX";
    const [start, startWidth] = [event[along], this.width];
    const move = (moved: PointerEvent) => this.#emit(startWidth + this.#outward(moved[along] - start));
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  }

  #key(event: KeyboardEvent): void {
    const [less, more] = this.side === "bottom" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const by = event.key === less ? -KEY_STEP_PX : event.key === more ? KEY_STEP_PX : undefined;
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#emit(this.width + this.#outward(by));
  }

  /** The left panel grows to the right, the right one to the left, the bottom one upwards. */
  #outward(px: number): number {
    return this.side === "left" ? px : -px;
  }

  #emit(width: number): void {
    const detail = Math.min(this.max, Math.max(this.min, Math.round(width)));
    this.dispatchEvent(new CustomEvent("resize", { detail }));
  }
}
