/**
 * The drop target for files: covers the page during a drag, one half for vectors and one for metadata. Bookmarks are
 * recognized by their content, on either half.
 */
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { icon } from "../controls/icons";
import type { OpenedAs } from "../features/data/fields";
import { StoreElement } from "../state/store_element";

@customElement("drop-target")
export class DropTarget extends StoreElement {
  @state() private isDragged = false;
  @state() private over: OpenedAs | null = null;

  static override styles = [
    controlStyles,
    css`
      .page { position: fixed; inset: 0; z-index: 10; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 16px; padding: 24px; background: var(--glass); }
      .half { display: grid; place-content: center; justify-items: center; gap: 4px; padding: 24px; border: 2px dashed var(--line-strong); border-radius: 12px; background: var(--raised); text-align: center; }
      .half.over { border-color: var(--accent); background: var(--accent-soft); }
      .half > * { pointer-events: none; }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    for (const [name, listener] of this.#listeners) addEventListener(name, listener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const [name, listener] of this.#listeners) removeEventListener(name, listener);
  }

  override render() {
    if (!this.isDragged) return nothing;
    const { shown } = this.state;
    return html`<div class="page">
      ${this.#renderHalf("vectors", "Vectors to explore", "TSV, CSV or .npy: a vector in each line, words beside them become metadata. Or a file of bookmarks")}
      ${shown === null ? nothing : this.#renderHalf("metadata", `Metadata for ${shown.embedding.name}`, "TSV or CSV: a line for each point. Or a file of bookmarks")}
    </div>`;
  }

  #renderHalf(half: OpenedAs, title: string, words: string) {
    return html`<div class="half ${half === this.over ? "over" : ""}" @dragenter=${() => (this.over = half)}
      @drop=${() => (this.over = half)}>
      ${icon(half === "vectors" ? "open" : "table")}<h2>${title}</h2><p class="soft">${words}</p></div>`;
  }

  readonly #enter = (event: Event): void => {
    if (holdsFiles(event)) this.isDragged = true;
  };

  /** Without preventDefault, the browser would open the file instead of the page. */
  readonly #hold = (event: Event): void => {
    if (holdsFiles(event)) event.preventDefault();
  };

  readonly #leave = (event: Event): void => {
    if ((event as DragEvent).relatedTarget === null) this.#end();
  };

  readonly #drop = (event: Event): void => {
    if (holdsFiles(event)) {
      event.preventDefault();
      // Beside the halves, it is the one that is marked.
      void this.actions.openDropped([...(event as DragEvent).dataTransfer!.files], this.over ?? "vectors");
    }
    this.#end();
  };

  readonly #listeners = [
    ["dragenter", this.#enter],
    ["dragover", this.#hold],
    ["dragleave", this.#leave],
    ["drop", this.#drop],
  ] as const;

  #end(): void {
    this.isDragged = false;
    this.over = null;
  }
}

function holdsFiles(event: Event): boolean {
  return (event as DragEvent).dataTransfer?.types.includes("Files") ?? false;
}
