/** A list of any length that renders only visible rows. Arrow keys move, Enter or a click picks. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { controlStyles } from "./control_styles";

/** Maximum height: browsers lay out no element taller than about 33.5 million px. */
const TALLEST_PX = 33_000_000;

@customElement("virtual-list")
export class VirtualList extends LitElement {
  @property({ type: Number }) count = 0;
  @property({ type: Number }) rowHeight = 32;
  @property() label = "";
  /** For lists with multiple selection; null: single selection, of the row picked last. */
  @property({ attribute: false }) isTicked: ((index: number) => boolean) | null = null;
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

  /** Maximum number of rows in the list. */
  get listed(): number {
    return Math.min(this.count, Math.floor(TALLEST_PX / this.rowHeight));
  }

  override render() {
    const items = this.#virtualizer?.getVirtualItems() ?? [];
    return html`<div class="viewport" tabindex="0" role="listbox" aria-label=${this.label} aria-multiselectable=${this.isTicked === null ? nothing : "true"}
      aria-activedescendant=${this.active >= 0 ? `row-${this.active}` : ""} @keydown=${this.#walk}>
      <div class="all" style=${styleMap({ height: `${this.listed * this.rowHeight}px` })}>
        ${items.map(
          (
            item,
          ) => html`<div class="row ${item.index === this.active ? "active" : ""}" role="option" id="row-${item.index}"
            aria-selected=${this.isTicked?.(item.index) ?? item.index === this.active} aria-posinset=${item.index + 1} aria-setsize=${this.count}
            style=${styleMap({ height: `${this.rowHeight}px`, transform: `translateY(${item.start}px)` })}
            @click=${(event: Event) => this.#pick(item.index, event.composedPath()[0] ?? null)}
            @pointerenter=${() => this.onPoint(item.index)} @pointerleave=${() => this.onPoint(null)}>${item.index < this.count ? this.renderRow(item.index) : ""}</div>`,
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

  /** A new list of the same length also starts at the top. */
  toTop(): void {
    this.active = -1;
    this.#virtualizer?.scrollToOffset(0);
  }

  /** Scrolls a row into view and moves the arrow keys' position there. */
  reveal(index: number): void {
    this.active = index;
    this.#virtualizer?.scrollToIndex(index);
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
    const isPicking = event.key === "Enter" || (event.key === " " && this.isTicked !== null);
    if (isPicking && this.active >= 0) {
      event.preventDefault();
      this.#pick(this.active, null);
    }
    if (this.active >= 0) this.onKey(event, this.active);
    const step = steps[event.key];
    if (step === undefined || this.listed === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.active = Math.min(this.listed - 1, Math.max(0, this.active + step));
    this.#virtualizer?.scrollToIndex(this.active);
    this.onPoint(this.active);
  }

  #pick(index: number, target: EventTarget | null): void {
    this.active = index;
    this.onPick(index, target);
  }

  /** A row was clicked, at `target` within it, or picked with Enter. */
  protected onPick(index: number, _target: EventTarget | null): void {
    this.dispatchEvent(new CustomEvent("pick", { detail: index }));
  }

  /** The pointer or an arrow key moved to a row; null: it left the rows. */
  protected onPoint(_index: number | null): void {}

  /** A key not handled by the list, pressed on a row. */
  protected onKey(_event: KeyboardEvent, _index: number): void {}
}
