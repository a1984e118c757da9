/** The edge of a side panel, to be dragged or moved with the arrow keys: `resize` tells the panel's new width. */
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { PANEL_WIDTH } from "../state/state";

const KEY_STEP_PX = 16;

@customElement("panel-splitter")
export class PanelSplitter extends LitElement {
  @property({ type: Number }) width = 280;
  @property() side: "left" | "right" = "left";
  @property() label = "";

  static override styles = css`
    :host { position: relative; z-index: 2; width: 1px; background: var(--line); }
    div { position: absolute; inset: 0 -4px; cursor: col-resize; touch-action: none; }
    div::after { content: ""; position: absolute; inset: 0 3px; transition: background 180ms; }
    div:hover::after, div:focus-visible::after, div:active::after { background: var(--accent); }
    div:focus-visible { outline: none; }
  `;

  override render() {
    return html`<div role="separator" aria-orientation="vertical" aria-label=${this.label} tabindex="0" aria-valuenow=${this.width}
      aria-valuemin=${PANEL_WIDTH.least} aria-valuemax=${PANEL_WIDTH.most} @pointerdown=${this.#drag} @keydown=${this.#key}></div>`;
  }

  #drag(event: PointerEvent): void {
    const handle = event.currentTarget as HTMLElement;
    const [startX, startWidth] = [event.clientX, this.width];
    const move = (moved: PointerEvent) => this.#tell(startWidth + this.#outward(moved.clientX - startX));
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowLeft: -KEY_STEP_PX, ArrowRight: KEY_STEP_PX }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#tell(this.width + this.#outward(by));
  }

  /** The left panel grows to the right, the right one to the left. */
  #outward(px: number): number {
    return this.side === "left" ? px : -px;
  }

  #tell(width: number): void {
    const detail = Math.min(PANEL_WIDTH.most, Math.max(PANEL_WIDTH.least, Math.round(width)));
    this.dispatchEvent(new CustomEvent("resize", { detail }));
  }
}
