/** Controls of the picture as a whole. Every button shows its key. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { icon } from "../controls/icons";
import { isLayoutMethod } from "../data/coordinates";
import { formatCount, plural } from "../data/format";
import { isOfOpenRun } from "../data/problems";
import type { PanelSlot } from "../features/feature";
import { drawnDimensions, problemsInOrder } from "../state/derived";
import type { State } from "../state/state";
import { renderPanels } from "./panels";
import "../controls/segmented_choice";
import { StoreElement } from "../state/store_element";

@customElement("picture-toolbar")
export class PictureToolbar extends StoreElement {
  static override styles = [
    controlStyles,
    css`
      :host { display: flex; align-items: center; gap: 4px; height: 40px; padding: 0 8px; border-bottom: 1px solid var(--line); background: var(--panel);
        overflow: auto hidden; scrollbar-width: none; }
      :host > * { flex: none; }
      :host > .space { flex: 1; }
      .end { display: flex; align-items: center; position: sticky; right: -8px; align-self: stretch; padding-right: 8px; margin-right: -8px; background: var(--panel); }
      @media (max-width: 1400px) { .problems .words { display: none; } }
      .line { width: 1px; height: 16px; margin: 0 4px; background: var(--line-strong); }
      .problems { flex: none; white-space: nowrap; color: var(--warning); min-height: 24px; padding: 0 8px; border-color: transparent; background: var(--warning-soft); }
      .problems.error { color: var(--error); background: var(--error-soft); }
    `,
  ];

  override render() {
    const { leftOpen, rightOpen, showLabels, showImages, sprite, helpOpen } = this.state;
    return html`
      ${this.#toggle("left", leftOpen, "Data and projection panel", "left-panel", () => ({ leftOpen: !leftOpen }))}
      <span class="line"></span>
      ${this.#renderPanels("toolbar-tools")}
      <span class="line"></span>
      <segmented-choice label="Dimensions of the picture" title=${this.tip("2-D or 3-D", "dimensions")} .value=${String(this.#dimensions())}
        .options=${[{ value: "2", text: "2-D" }, { value: "3", text: "3-D" }]}
        @change=${(event: CustomEvent<string>) => this.store.set({ dimensions: event.detail === "2" ? 2 : 3 })}></segmented-choice>
      <span class="line"></span>
      ${this.#toggle("label", showLabels, "Labels", "labels", () => ({ showLabels: !showLabels }))}
      ${sprite === null ? nothing : this.#toggle("image", showImages, "Images", "images", () => ({ showImages: !showImages }))}
      ${this.#renderPanels("toolbar-drawing")}
      ${this.#renderRotate()}
      <button class="icon" title=${this.tip("Reset view", "reset-view")} aria-label="Reset view" @click=${() => this.actions.resetView()}>${icon("reset")}</button>
      <span class="line"></span>
      ${this.#renderPanels("toolbar-history")}
      <span class="space"></span>
      ${this.#renderProblems()}
      <button class="icon" title=${this.tip("Keys", "keys")} aria-label="Keys" @click=${() => this.store.set({ helpOpen: !helpOpen })}>${icon("help")}</button>
      <span class="line"></span>
      <span class="end">${this.#toggle("right", rightOpen, "Inspector", "inspector", () => ({ rightOpen: !rightOpen }))}</span>
    `;
  }

  #renderPanels(slot: PanelSlot) {
    return renderPanels(slot, { store: this.store, actions: this.actions }, this.state);
  }

  /** Respects the system's reduced-motion setting. */
  #renderRotate() {
    if (this.#dimensions() === 2) return nothing;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const title = isCalm ? "Turn slowly: off, for your system asks for less motion" : this.tip("Turn slowly", "turn");
    return html`<button class="icon" aria-pressed=${this.state.rotating && !isCalm} ?disabled=${isCalm} title=${title} aria-label="Turn slowly"
      @click=${() => this.actions.toggleRotation()}>${icon("rotate")}</button>`;
  }

  /** For layouts, the dimensions of the next start: the current one may have others. */
  #dimensions(): 2 | 3 {
    return isLayoutMethod(this.state.method) ? this.state.dimensions : drawnDimensions(this.state);
  }

  #toggle(
    name: Parameters<typeof icon>[0],
    pressed: boolean,
    words: string,
    command: string,
    patch: () => Partial<State>,
  ) {
    return html`<button class="icon" aria-pressed=${pressed} title=${this.tip(words, command)} aria-label=${words}
      @click=${() => this.store.set(patch())}>${icon(name)}</button>`;
  }

  #renderProblems() {
    const problems = problemsInOrder(this.state);
    if (problems.length === 0) return nothing;
    const isError = problems[0]!.level === "error";
    const { shown, problemsOpen } = this.state;
    const here = problems.filter((problem) => isOfOpenRun(problem, shown?.run.name ?? null)).length;
    const words = problemWords(here, problems.length - here);
    return html`<button class="problems ${isError ? "error" : ""}" aria-label=${words} aria-expanded=${problemsOpen}
      title="What is not shown, or not as it should be" @click=${() => this.store.set({ problemsOpen: !problemsOpen })}>
      ${icon("warning")} ${here === 0 ? problems.length : here} <span class="words">${words.slice(words.indexOf(" ") + 1)}</span></button>`;
  }
}

/** «1 problem», «2 problems, 5 in other runs», «5 problems in other runs» */
function problemWords(here: number, elsewhere: number): string {
  if (here === 0) return `${plural(elsewhere, "problem")} in other runs`;
  return elsewhere === 0
    ? plural(here, "problem")
    : `${plural(here, "problem")}, ${formatCount(elsewhere)} in other runs`;
}
