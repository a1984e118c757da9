/** A running task: description, progress, remaining time, and a button that stops it. Stopping sends `cancel`. */

import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { formatTimeLeft } from "../data/format";
import type { Task } from "../data/task";

import { controlStyles } from "./control_styles";

@customElement("task-progress")
export class TaskProgress extends LitElement {
  @property({ attribute: false }) task!: Task;
  /** All on one line, for a bar. */
  @property({ type: Boolean, reflect: true }) inline = false;

  static override styles = [
    controlStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 2px 8px; align-items: center; }
      .words { grid-column: 1 / -1; }
      button { grid-column: 3; }
      :host([inline]) { display: flex; gap: 8px; min-width: 0; }
      .track { grid-column: 1 / -1; height: 4px; border-radius: 2px; background: var(--line); overflow: hidden; }
      :host([inline]) .track { flex: none; width: 72px; }
      /* In a narrow bar only screen readers get it: the share stands beside the words, which need the room. */
      @container (max-width: 800px) { :host([inline]) .track:not(.unknown) { position: absolute; width: 1px; opacity: 0; } }
      .fill { height: 100%; border-radius: 2px; background: var(--accent); }
      /* In few steps, as the known share has it: a page that is drawn by the cores that do the work should not slow it. */
      .unknown .fill { width: 40%; animation: run 1.4s steps(14) infinite; }
      .left { white-space: nowrap; }
      @keyframes run { from { transform: translateX(-110%); } to { transform: translateX(260%); } }
      @media (prefers-reduced-motion: reduce) { .unknown .fill { animation: none; width: 100%; opacity: .5; } }
    `,
  ];

  override render() {
    const { words } = this.task;
    const { share = null, secondsLeft = null } = this.task.progress ?? {};
    const left =
      secondsLeft === null ? nothing : html`<span class="left faint small">${formatTimeLeft(secondsLeft)}</span>`;
    return html`<span class="words soft clip" title=${words}>${words}…</span>
      ${this.#renderTrack(words, share)}
      ${share === null ? nothing : html`<span class="small soft">${percent(share)}</span>`}
      ${left}
      <button class="link" @click=${() => this.dispatchEvent(new CustomEvent("cancel"))}>Cancel</button>`;
  }

  #renderTrack(words: string, share: number | null) {
    return html`<span class="track ${share === null ? "unknown" : ""}" role="progressbar" aria-label=${words} aria-valuemin="0"
      aria-valuemax="100" aria-valuenow=${share === null ? nothing : Math.round(100 * share)}>
      <div class="fill" style=${styleMap(share === null ? {} : { width: percent(share) })}></div></span>`;
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
