/** Data that is not shown, or not correctly: where, what, and how to fix it. */
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type Problem, problemLocation } from "../data/runs";
import { controlStyles } from "./control_styles";

const LEVELS = { error: "Error", warning: "Warning", info: "Note" } as const;

@customElement("problem-list")
export class ProblemList extends LitElement {
  @property({ attribute: false }) problems: readonly Problem[] = [];

  static override styles = [
    controlStyles,
    css`
      :host { display: block; }
      li { list-style: none; padding: 10px 16px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
      li:first-child { border-top: 0; }
      .head { display: flex; gap: 8px; align-items: baseline; }
      .level { font-weight: 600; color: var(--text-soft); }
      .level.error { color: var(--error); }
      .level.warning { color: var(--warning); }
      .place { font: 12px/16px var(--mono); color: var(--text-soft); }
    `,
  ];

  override render() {
    return html`<ul>
      ${this.problems.map(
        (problem) => html`<li>
          <div class="head"><span class="level ${problem.level}">${LEVELS[problem.level]}</span>
            <span class="place">${problemLocation(problem)}</span></div>
          <p>${problem.message}</p>
          <p class="soft">${problem.fix}</p>
        </li>`,
      )}
    </ul>`;
  }
}
