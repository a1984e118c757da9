/** A list of any length, of which only the rows in sight exist. Arrow keys walk it, Enter or a click picks. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "./control_styles";

/** Browsers lay out no element taller than about 33.5 million px. */
const TALLEST_PX = 33_000_000;

@customElement("virtual-list")
export class VirtualList extends LitElement {
  @property({ type: Number }) count = 0;
  @property({ type: Number }) rowHeight = 32;
  @property() label = "";
  @property({ attribute: false }) renderRow: (index: number) => TemplateResult = () => html``;
  @state() private active = -1;
  @query(".viewport") private viewport!: HTMLElement;

  #virtualizer: Virtualizer<HTMLElement, HTMLElement> | null = null;
  #unmount: (() => void) | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; min-height: 0; }
      .viewport { height: 100%; overflow: auto; overscroll-behavior: contain; contain: strict; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .viewport:focus-visible { outline-offset: -2px; }
      .all { position: relative; }
      .row { position: absolute; inset: 0 0 auto; cursor: pointer; }
      .row:hover { background: var(--hover); }
      .viewport:focus-visible .row.active { background: var(--accent-soft); }
    `,
  ];

  /** How many rows the list can hold. */
  get listed(): number {
    return Math.min(this.count, Math.floor(TALLEST_PX / this.rowHeight));
  }

  override render() {
    const items = this.#virtualizer?.getVirtualItems() ?? [];
    return html`<div class="viewport" tabindex="0" role="listbox" aria-label=${this.label}
      aria-activedescendant=${this.active >= 0 ? `row-${this.active}` : ""} @keydown=${this.#walk}>
      <div class="all" style=${styleMap({ height: `${this.listed * this.rowHeight}px` })}>
        ${items.map(
          (
            item,
          ) => html`<div class="row ${item.index === this.active ? "active" : ""}" role="option" id="row-${item.index}"
            aria-selected=${item.index === this.active} aria-posinset=${item.index + 1} aria-setsize=${this.count}
            style=${styleMap({ height: `${this.rowHeight}px`, transform: `translateY(${item.start}px)` })}
            @click=${() => this.#pick(item.index)}>${item.index < this.count ? this.renderRow(item.index) : ""}</div>`,
        )}
      </div>
    </div>`;
  }

  override firstUpdated(): void {
    this.#virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.#options());
    this.#unmount = this.#virtualizer._didMount();
    this.#virtualizer._willUpdate();
  }

  override updated(changed: PropertyValues<this>): void {
    if (this.#virtualizer === null || !(changed.has("count") || changed.has("rowHeight"))) return;
    this.#virtualizer.setOptions(this.#options());
    this.#virtualizer._willUpdate();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#virtualizer !== null) this.#unmount = this.#virtualizer._didMount();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unmount?.();
  }

  /** Another list of the same length starts at its top, too. */
  toTop(): void {
    this.active = -1;
    this.#virtualizer?.scrollToOffset(0);
  }

  #options() {
    return {
      count: this.listed,
      getScrollElement: () => this.viewport,
      estimateSize: () => this.rowHeight,
      overscan: 6,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.requestUpdate(),
    };
  }

  #walk(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.viewport.clientHeight / this.rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.count,
      End: this.count,
    };
    if (event.key === "Enter" && this.active >= 0) this.#pick(this.active);
    const step = steps[event.key];
    if (step === undefined || this.listed === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.active = Math.min(this.listed - 1, Math.max(0, this.active + step));
    this.#virtualizer?.scrollToIndex(this.active);
  }

  #pick(index: number): void {
    this.active = index;
    this.dispatchEvent(new CustomEvent("pick", { detail: index }));
  }
}
