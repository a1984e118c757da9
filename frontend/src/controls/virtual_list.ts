/** A list of any length that renders only visible rows. Arrow keys move, Enter or a click picks. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { type RowWindow, scrollTo, windowOf } from "../data/row_window";
import { controlStyles } from "./control_styles";

/** Number of rows rendered beyond the visible ones, so that fast scrolling does not outrun them. */
const BEYOND = 6;

@customElement("virtual-list")
export class VirtualList extends LitElement {
  @property({ type: Number }) count = 0;
  @property({ type: Number }) rowHeight = 32;
  @property() label = "";
  /** For lists with multiple selection; null: single selection, of the row picked last. */
  @property({ attribute: false }) isTicked: ((index: number) => boolean) | null = null;
  @property({ attribute: false }) renderRow: (index: number) => TemplateResult = () => html``;
  @state() private active = -1;
  @query(".viewport") private viewport!: HTMLElement | null;
  /** The row to be scrolled into view once all rows have their place; null: none. */
  #revealed: number | null = null;
  readonly #resizes = new ResizeObserver(() => this.requestUpdate());

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

  override render() {
    const { first, end, firstTop, contentPx } = this.#rowWindow();
    const indices = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
    return html`<div class="viewport" tabindex="0" role="listbox" aria-label=${this.label} aria-multiselectable=${this.isTicked === null ? nothing : "true"}
      aria-activedescendant=${this.active >= 0 ? `row-${this.active}` : ""} @scroll=${() => this.requestUpdate()} @keydown=${this.#walk}>
      <div class="all" style=${styleMap({ height: `${contentPx}px` })}>
        ${indices.map((index) => this.#renderOption(index, firstTop + (index - first) * this.rowHeight))}
      </div>
    </div>`;
  }

  #renderOption(index: number, top: number): TemplateResult {
    return html`<div class="row ${index === this.active ? "active" : ""}" role="option" id="row-${index}"
      aria-selected=${this.isTicked?.(index) ?? index === this.active} aria-posinset=${index + 1} aria-setsize=${this.count}
      style=${styleMap({ height: `${this.rowHeight}px`, transform: `translateY(${top}px)` })}
      @click=${(event: Event) => this.#pick(index, event.composedPath()[0] ?? null)}
      @pointerenter=${() => this.onPoint(index)} @pointerleave=${() => this.onPoint(null)}>${this.renderRow(index)}</div>`;
  }

  /** Empty until the viewport has a height. */
  #rowWindow(): RowWindow {
    const [viewPx, scrollTop] = [this.viewport?.clientHeight ?? 0, this.viewport?.scrollTop ?? 0];
    const seen = windowOf(this.count, this.rowHeight, viewPx, scrollTop);
    if (viewPx === 0) return { ...seen, end: seen.first };
    const first = Math.max(0, seen.first - BEYOND);
    const firstTop = seen.firstTop - (seen.first - first) * this.rowHeight;
    return { ...seen, first, firstTop, end: Math.min(this.count, seen.end + BEYOND) };
  }

  override updated(_changed: PropertyValues<this>): void {
    const [row, viewport] = [this.#revealed, this.viewport];
    if (row === null || viewport === null || viewport.clientHeight === 0) return;
    this.#revealed = null;
    const { clientHeight, scrollTop } = viewport;
    viewport.scrollTop = scrollTo(row, this.count, this.rowHeight, clientHeight, scrollTop);
    if (viewport.scrollTop !== scrollTop) this.requestUpdate();
  }

  override firstUpdated(): void {
    this.#observe();
    this.requestUpdate(); // Its height is known only now.
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  /** Its first report comes once the viewport has its height. */
  #observe(): void {
    if (this.viewport !== null) this.#resizes.observe(this.viewport);
  }

  /** A new list of the same length also starts at the top. */
  toTop(): void {
    this.active = -1;
    this.#scrollTo(0);
  }

  /** Scrolls a row into view and moves the arrow keys' position there. */
  reveal(index: number): void {
    this.active = index;
    this.#scrollTo(index);
  }

  #scrollTo(index: number): void {
    this.#revealed = index;
    this.requestUpdate();
  }

  #walk(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((this.viewport?.clientHeight ?? 0) / this.rowHeight) - 1);
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
    if (step === undefined || this.count === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.reveal(Math.min(this.count - 1, Math.max(0, this.active + step)));
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
