/** Data that is not shown, or not correctly: where, what, and how to fix it. */
import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { isOfOpenRun } from "../data/problems";
import { type Problem, problemLocation } from "../data/runs";
import { controlStyles } from "./control_styles";

const LEVELS = { error: "Error", warning: "Warning", info: "Note" } as const;

@customElement("problem-list")
export class ProblemList extends LitElement {
  @property({ attribute: false }) problems: readonly Problem[] = [];
  /** The open run: problems of others are listed below, with their run's name. Null: there is none. */
  @property({ attribute: false }) open: string | null = null;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; }
      li { list-style: none; padding: 10px 16px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
      h3 { padding: 10px 16px 0; border-top: 1px solid var(--line); color: var(--text-soft); }
      h3:first-child { border-top: 0; }
      li:first-child { border-top: 0; }
      .head { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; }
      .level { flex: none; font-weight: 600; color: var(--text-soft); }
      .level.error { color: var(--error); }
      .level.warning { color: var(--warning); }
      .place { font: 13px/18px var(--mono); color: var(--text-soft); }
    `,
  ];

  override render() {
    const here = this.problems.filter((problem) => isOfOpenRun(problem, this.open));
    const others = this.problems.filter((problem) => !isOfOpenRun(problem, this.open));
    return html`${here.length === 0 ? nothing : html`<ul>${here.map((problem) => renderProblem(problem, null))}</ul>`}
      ${
        others.length === 0
          ? nothing
          : html`<h3>Other runs</h3><ul>${others.map((problem) => renderProblem(problem, problem.run))}</ul>`
      }`;
  }
}

function renderProblem(problem: Problem, run: string | null) {
  const location = problemLocation(problem);
  return html`<li>
    <div class="head"><span class="level ${problem.level}">${LEVELS[problem.level]}</span>
      ${run === null ? nothing : html`<b>${run}</b>`}
      ${problem.message.includes(location) ? nothing : html`<span class="place">${location}</span>`}</div>
    <p>${problem.message}</p>
    <p class="soft">${problem.fix}</p>
  </li>`;
}
