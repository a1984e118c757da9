/**
 * A choice from a long list: typing filters, arrow keys move, Enter or a click selects. `change` carries the new value.
 * Only visible options are rendered.
 */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { formatCount } from "../data/format";
import { fitName } from "../data/fuzzy_search";
import { scrollTo, windowOf } from "../data/row_window";
import { controlStyles } from "./control_styles";
import type { Option } from "./option";

const OPTION_PX = 28;
const MAX_VISIBLE_OPTIONS = 10;
const GAP_PX = 4;

@customElement("combo-box")
export class ComboBox extends LitElement {
  @property() label = "";
  @property() value = "";
  @property({ attribute: false }) options: readonly Option[] = [];
  @property({ type: Boolean }) disabled = false;
  /** The text typed; null: the list is closed. */
  @state() private typed: string | null = null;
  @state() private active = 0;
  @state() private scrolled = 0;
  @query("input") private input!: HTMLInputElement;
  @query(".list") private list!: HTMLElement;
  @query(".options") private viewport!: HTMLElement;
  #found: { typed: string; options: readonly Option[]; hits: readonly Option[] } | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; min-width: 0; color: var(--text); }
      input[type="text"] { width: 100%; padding-right: 24px; text-overflow: ellipsis; cursor: pointer; background-image: linear-gradient(45deg, transparent 50%, var(--text-faint) 50%), linear-gradient(135deg, var(--text-faint) 50%, transparent 50%); background-position: right 13px top 11px, right 9px top 11px; background-size: 4px 4px; background-repeat: no-repeat; }
      input[aria-expanded="true"] { cursor: text; }
      .list { position: fixed; inset: auto; margin: 0; padding: 4px; border: 0; border-radius: var(--radius); background: var(--raised); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); overflow: hidden; }
      .options { position: relative; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .option { position: absolute; inset: 0 0 auto; display: flex; align-items: center; gap: 8px; height: ${OPTION_PX}px; padding: 0 8px; border-radius: 4px; cursor: pointer; }
      .option.active { background: var(--accent-soft); }
      .option[aria-selected="true"] { font-weight: 600; }
      .option[aria-disabled="true"] { cursor: default; color: var(--text-faint); }
      .name { flex: 0 1 auto; }
      .why { flex: 1 0 0; text-align: right; }
      .count { padding: 4px 8px 0; }
    `,
  ];

  override render() {
    const isOpen = this.typed !== null;
    const chosen = this.options.find((option) => option.value === this.value)?.text ?? "";
    const hits = isOpen ? this.#hits() : [];
    return html`<input type="text" role="combobox" aria-label=${this.label} aria-expanded=${isOpen} aria-controls="list" aria-autocomplete="list"
        aria-activedescendant=${isOpen && hits.length > 0 ? `option-${this.active}` : nothing} spellcheck="false" autocomplete="off"
        ?disabled=${this.disabled} title=${chosen} placeholder=${isOpen ? `${chosen} — type to find` : ""} .value=${this.typed ?? chosen}
        @input=${this.#type} @keydown=${this.#key} @pointerdown=${this.#open} @blur=${this.#close} @change=${stop} />
      <div class="list" popover="manual" @pointerdown=${keepFocus}>${isOpen ? this.#renderHits(hits) : nothing}</div>`;
  }

  #renderHits(hits: readonly Option[]) {
    const viewPx = Math.min(MAX_VISIBLE_OPTIONS, hits.length) * OPTION_PX;
    const { contentPx, first, end, firstTop } = windowOf(hits.length, OPTION_PX, viewPx, this.scrolled);
    return html`<div class="options" role="listbox" id="list" aria-label=${this.label} style=${styleMap({ height: `${viewPx}px` })}
        @scroll=${() => (this.scrolled = this.viewport.scrollTop)}>
        <div style=${styleMap({ height: `${contentPx}px` })}></div>
        ${hits.slice(first, end).map((option, at) => this.#renderOption(option, first + at, firstTop + at * OPTION_PX, hits.length))}</div>
      <p class="count small faint" role="status">${hits.length === 0 ? "No match." : `${formatCount(hits.length)} of ${formatCount(this.options.length)}`}</p>`;
  }

  #renderOption(option: Option, at: number, top: number, count: number) {
    return html`<div class="option ${at === this.active ? "active" : ""}" role="option" id="option-${at}" style=${styleMap({ top: `${top}px` })}
      aria-selected=${option.value === this.value} aria-disabled=${option.why !== undefined} aria-posinset=${at + 1} aria-setsize=${count}
      title=${option.text} @pointermove=${() => (this.active = at)} @click=${() => this.#choose(option)}>
      <span class="name clip">${option.text}</span>${option.why === undefined ? nothing : html`<span class="why small clip">${option.why}</span>`}</div>`;
  }

  override updated(): void {
    const isOpen = this.typed !== null;
    if (isOpen && !this.list.matches(":popover-open")) this.#show();
    if (!isOpen && this.list.matches(":popover-open")) this.list.hidePopover();
  }

  #show(): void {
    this.list.showPopover();
    const box = this.input.getBoundingClientRect();
    const width = Math.max(box.width, 220);
    const height = this.list.offsetHeight;
    const isBelow = box.bottom + GAP_PX + height <= innerHeight || box.top < height;
    Object.assign(this.list.style, {
      left: `${Math.max(GAP_PX, Math.min(box.left, innerWidth - width - GAP_PX))}px`,
      width: `${width}px`,
      top: isBelow ? `${box.bottom + GAP_PX}px` : "auto",
      bottom: isBelow ? "auto" : `${innerHeight - box.top + GAP_PX}px`,
    });
    this.#reveal();
  }

  /** Best match first; all in their own order while nothing is typed. */
  #hits(): readonly Option[] {
    const { options } = this;
    const typed = this.typed?.trim() ?? "";
    if (this.#found?.typed === typed && this.#found.options === options) return this.#found.hits;
    const hits = typed === "" ? options : find(options, typed);
    this.#found = { typed, options, hits };
    return hits;
  }

  readonly #open = (): void => {
    if (this.disabled || this.typed !== null) return;
    this.typed = "";
    this.active = Math.max(
      0,
      this.#hits().findIndex((option) => option.value === this.value),
    );
  };

  readonly #close = (): void => {
    this.typed = null;
    this.scrolled = 0;
  };

  #type(): void {
    this.typed = this.input.value;
    this.active = 0;
    if (this.viewport) this.viewport.scrollTop = 0;
  }

  #key(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: MAX_VISIBLE_OPTIONS,
      PageUp: -MAX_VISIBLE_OPTIONS,
    };
    const step = steps[event.key];
    if (step !== undefined && this.typed === null) this.#open();
    else if (step !== undefined) this.#walk(step);
    else if (this.typed === null && event.key === "Enter") this.#open();
    else if (this.typed !== null && event.key === "Enter") this.#chooseActive();
    else if (this.typed !== null && event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #walk(step: number): void {
    this.active = Math.max(0, Math.min(this.#hits().length - 1, this.active + step));
    this.#reveal();
  }

  #reveal(): void {
    const { clientHeight, scrollTop } = this.viewport;
    this.viewport.scrollTop = scrollTo(this.active, this.#hits().length, OPTION_PX, clientHeight, scrollTop);
  }

  #chooseActive(): void {
    const option = this.#hits()[this.active];
    if (option !== undefined) this.#choose(option);
  }

  #choose(option: Option): void {
    if (option.why !== undefined) return;
    this.#close();
    if (option.value === this.value) return;
    this.value = option.value;
    this.dispatchEvent(new CustomEvent("change", { detail: option.value }));
  }
}

function find(options: readonly Option[], typed: string): Option[] {
  const hits = options.flatMap((option) => {
    const found = fitName(typed, option.text);
    return found === null ? [] : [{ option, score: found.score }];
  });
  return hits.sort((a, b) => b.score - a.score).map(({ option }) => option);
}

/** The list is part of the field: pressing it keeps focus in the input. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** The native event of the input, which does not carry the selected value. */
function stop(event: Event): void {
  event.stopPropagation();
}
