/** Controls of the picture as a whole. Each button is of a command: its name, its key, and what it does. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { type IconName, icon } from "../controls/icons";
import { formatCount, plural } from "../data/format";
import { isOfOpenRun } from "../data/problems";
import type { ToolbarButton, ToolbarSlot } from "../features/feature";
import { problemsInOrder } from "../state/derived";
import { StoreElement } from "../state/store_element";
import { renderButton, renderPanels } from "./panels";

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
    const line = html`<span class="line"></span>`;
    return html`
      ${this.#renderButton("left-panel", "left", ({ leftOpen }) => leftOpen)}
      ${line} ${this.#renderPanels("toolbar-tools")}
      ${line} ${this.#renderPanels("toolbar-dimensions")}
      ${line} ${this.#renderPanels("toolbar-drawing")}
      ${line} ${this.#renderPanels("toolbar-history")}
      <span class="space"></span>
      ${this.#renderProblems()}
      ${this.#renderButton("keys", "help")}
      ${line}
      <span class="end">${this.#renderButton("inspector", "right", ({ rightOpen }) => rightOpen)}</span>
    `;
  }

  #renderPanels(slot: ToolbarSlot) {
    return renderPanels(slot, this, this.state);
  }

  #renderButton(command: string, picture: IconName, pressed?: ToolbarButton["pressed"]) {
    return renderButton({ command, icon: picture, ...(pressed && { pressed }) }, this, this.state);
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
