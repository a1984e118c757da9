/** Controls of the picture as a whole. Each button is of a command: its name, its key, and what it does. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { icon } from "../controls/icons";
import { isLayoutMethod } from "../data/coordinates";
import { formatCount, plural } from "../data/format";
import { isOfOpenRun } from "../data/problems";
import type { PanelSlot } from "../features/feature";
import { buttonWords } from "../state/command";
import { drawnDimensions, problemsInOrder } from "../state/derived";
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
    const { leftOpen, rightOpen, showLabels, showImages, sprite } = this.state;
    return html`
      ${this.#command("left-panel", "left", leftOpen)}
      <span class="line"></span>
      ${this.#renderPanels("toolbar-tools")}
      <span class="line"></span>
      <segmented-choice label="Dimensions of the picture" title=${this.commandTip("dimensions")} .value=${String(this.#dimensions())}
        .options=${[{ value: "2", text: "2-D" }, { value: "3", text: "3-D" }]}
        @change=${(event: CustomEvent<string>) => this.store.set({ dimensions: event.detail === "2" ? 2 : 3 })}></segmented-choice>
      <span class="line"></span>
      ${this.#command("labels", "label", showLabels)}
      ${sprite === null ? nothing : this.#command("images", "image", showImages)}
      ${this.#renderPanels("toolbar-drawing")}
      ${this.#renderRotate()}
      ${this.#command("reset-view", "reset")}
      <span class="line"></span>
      ${this.#renderPanels("toolbar-history")}
      <span class="space"></span>
      ${this.#renderProblems()}
      ${this.#command("keys", "help")}
      <span class="line"></span>
      <span class="end">${this.#command("inspector", "right", rightOpen)}</span>
    `;
  }

  #renderPanels(slot: PanelSlot) {
    return renderPanels(slot, { store: this.store, actions: this.actions }, this.state);
  }

  /** Respects the system's reduced-motion setting. */
  #renderRotate() {
    if (this.#dimensions() === 2) return nothing;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!isCalm) return this.#command("turn", "rotate", this.state.rotating);
    const name = this.#nameOf("turn");
    return html`<button class="icon" aria-pressed="false" disabled title="${name}: off, for your system asks for less motion" aria-label=${name}>${icon("rotate")}</button>`;
  }

  /** For layouts, the dimensions of the next start: the current one may have others. */
  #dimensions(): 2 | 3 {
    return isLayoutMethod(this.state.method) ? this.state.dimensions : drawnDimensions(this.state);
  }

  /** `pressed` is of a command that turns something on and off. */
  #command(id: string, picture: Parameters<typeof icon>[0], pressed?: boolean) {
    return html`<button class="icon" aria-pressed=${pressed ?? nothing} title=${this.commandTip(id)} aria-label=${this.#nameOf(id)}
      @click=${() => this.actions.commandOf(id).run()}>${icon(picture)}</button>`;
  }

  #nameOf(id: string): string {
    return buttonWords(this.actions.commandOf(id));
  }

  #renderProblems() {
    const problems = problemsInOrder(this.state);
    if (problems.length === 0) return nothing;
    const isError = problems[0]!.level === "error";
    const { shown, problemsOpen } = this.state;
    const toggle = () => this.actions.commandOf("problems").run();
    const here = problems.filter((problem) => isOfOpenRun(problem, shown?.run.name ?? null)).length;
    const words = problemWords(here, problems.length - here);
    return html`<button class="problems ${isError ? "error" : ""}" aria-label=${words} aria-expanded=${problemsOpen}
      title="What is not shown, or not as it should be" @click=${toggle}>
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
