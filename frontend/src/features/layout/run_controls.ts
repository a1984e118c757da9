/** Controls of a layout: at first one big button, then pause, stop, restart and perturb, with live progress. */

import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { LAYOUT_NAMES, type LayoutMethod } from "../../data/coordinates";
import { formatBytes } from "../../data/format";
import { isOver, type LayoutStatus } from "../../data/layout_status";
import { layoutOfPicture } from "../../state/derived";
import type { TaskName } from "../../state/state";

import "../../controls/failure_note";
import { StoreElement } from "../../state/store_element";
import { costWords, estimateCost, fewNeighbors } from "./cost";
import { KlHistory } from "./kl_history";
import { changedWords, graphWords, progressWords, SETTLED, triedWords } from "./words";
import "../../controls/task_progress";

const TASKS_OF_LAYOUT = ["graph", "layout"] as const satisfies TaskName[];

@customElement("layout-run")
export class LayoutRun extends StoreElement {
  @property() method: LayoutMethod = "tsne";
  readonly #history = new KlHistory();

  static override styles = [
    controlStyles,
    css`
      :host { display: grid; gap: 6px; }
      .buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; }
      .buttons .main { grid-column: 1 / -1; min-height: 32px; font-weight: 600; }
      .live { display: flex; justify-content: space-between; gap: 8px; align-items: end; }
      .track { height: 4px; border-radius: 2px; background: var(--line); overflow: hidden; }
      .track div { height: 100%; background: var(--accent); }
      .warn { color: var(--warning); }
      svg { flex: none; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const status = this.#status();
    this.#history.add(status?.iteration ?? 0, status?.klDivergence ?? null);
  }

  /** Only that of the current method: the other one may be running. */
  #status(): LayoutStatus | null {
    const layout = layoutOfPicture(this.state);
    return layout?.of === this.method ? layout : null;
  }

  override render() {
    const status = this.#status();
    const isIdle = status === null || isOver(status.phase);
    return html`${isIdle ? [this.#renderOther(), this.#renderCost()] : nothing} ${this.#renderButtons(status)} ${this.#renderTasks(status)} ${this.#renderFailures()}
      ${status === null ? nothing : this.#renderStatus(status)}`;
  }

  /** One layout runs at a time. */
  #renderOther() {
    const { layout } = this.state;
    if (layout === null || layout.of === this.method || isOver(layout.phase)) return nothing;
    const state = layout.phase === "paused" ? "paused" : "running";
    return html`<p class="small soft">${LAYOUT_NAMES[layout.of]} is ${state}: a new run ends it. Its picture stays.</p>`;
  }

  /** Said before the start, with a cheaper one to choose. */
  #renderCost() {
    const cost = estimateCost(this.method, this.state);
    if (cost === null) return nothing;
    const fewer = estimateCost(this.method, this.state, true)!;
    return html`<p class="small soft">${costWords(this.method, cost)}</p>
      ${
        fewer.neighbors === cost.neighbors
          ? nothing
          : html`<button class="quiet" @click=${() => this.store.set(fewNeighbors(this.method))}>
        ${fewer.neighbors} neighbors instead: ${formatBytes(fewer.bytes)}</button>`
      }`;
  }

  #renderButtons(status: LayoutStatus | null) {
    const { runLayout, stopLayout, perturbLayout } = this.actions;
    const phase = status?.phase ?? null;
    if (phase === "graph" || phase === "preparing") return nothing; // The running task has its own Cancel button.
    const run = html`<button class="main" title=${this.tip(`Run ${LAYOUT_NAMES[this.method]}`, "layout")} ?disabled=${this.state.shown === null} @click=${() => runLayout()}>
      Run ${LAYOUT_NAMES[this.method]}</button>`;
    if (phase === null) return html`<div class="buttons">${run}</div>`;
    const restart = html`<button title="Begin again, with the parameters as they are now" @click=${() => runLayout()}>Restart</button>`;
    const perturb = html`<button title="Displace the points at random: structure that comes back is stable" @click=${() => perturbLayout()}>Perturb</button>`;
    if (isOver(phase)) return html`<div class="buttons">${run}</div>`;
    return html`<div class="buttons">${this.#renderToggle(phase, status?.pausedBecause === SETTLED ? "Run" : "Resume")}
      <button title="End it; the picture stays" @click=${() => stopLayout()}>Stop</button>${restart}${perturb}</div>`;
  }

  #renderToggle(phase: "running" | "paused", resume: string) {
    const { pauseLayout, resumeLayout } = this.actions;
    return phase === "running"
      ? html`<button title=${this.tip("Pause", "layout")} @click=${() => pauseLayout()}>Pause</button>`
      : html`<button title=${this.tip("Go on", "layout")} @click=${() => resumeLayout()}>${resume}</button>`;
  }

  #renderTasks(status: LayoutStatus | null) {
    if (status === null) return nothing;
    return TASKS_OF_LAYOUT.map((name) => {
      const task = this.state.tasks[name];
      if (task === undefined) return nothing;
      return html`<task-progress class="small" .task=${task} @cancel=${() => this.actions.cancel(name)}></task-progress>`;
    });
  }

  /** Those of the other method are shown with its controls. */
  #renderFailures() {
    const { lastLayout } = this.state;
    if (lastLayout !== null && lastLayout !== this.method) return nothing;
    return TASKS_OF_LAYOUT.map((name) => {
      const failure = this.state.failures[name];
      if (failure === undefined) return nothing;
      return html`<failure-note .failure=${failure} retry @retry=${() => this.actions.retry(name)}></failure-note>`;
    });
  }

  #renderStatus(status: LayoutStatus) {
    const isBefore = status.phase === "graph" || status.phase === "preparing";
    const changed = changedWords(this.state);
    return html`${isBefore ? nothing : this.#renderLive(status)}
      ${status.phase === "graph" ? nothing : html`<p class="small faint" title=${triedWords(status)}>${graphWords(status)}.</p>`}
      ${status.notes.map((note) => html`<p class="small warn">${note}</p>`)}
      ${status.pausedBecause === null ? nothing : html`<p class="small warn" role="status">${status.pausedBecause}</p>`}
      ${changed === "" || isBefore ? nothing : html`<p class="small warn">Not in this picture yet: ${changed}. ${this.#beginWords(status)} to see it.</p>`}`;
  }

  /** The button that begins anew. */
  #beginWords({ phase }: LayoutStatus): string {
    return isOver(phase) ? `Run ${LAYOUT_NAMES[this.method]}` : "Restart";
  }

  #renderLive(status: LayoutStatus) {
    const { iteration, iterations } = status;
    return html`<div class="live"><span class="small soft" aria-live="off">${progressWords(status)}</span>${this.#history.render()}</div>
      ${
        iterations === null
          ? nothing
          : html`<div class="track" role="progressbar" aria-label="Epochs" aria-valuemin="0" aria-valuemax=${iterations} aria-valuenow=${iteration}>
        <div style="width: ${(100 * iteration) / iterations}%"></div></div>`
      }`;
  }
}
