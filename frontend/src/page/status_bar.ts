/** The content of the picture, in one sentence; and running tasks, which can be stopped. */

import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { icon } from "../controls/icons";
import { type Coordinates, type Method, nameInSentence } from "../data/coordinates";
import { formatCount, formatShare, plural } from "../data/format";
import { sameWords } from "../data/projection";
import type { Task } from "../data/task";
import {
  drawnCoordinates,
  drawnDimensions,
  drawnMethod,
  drawnVariance,
  embeddingCount,
  layoutOfPicture,
  pointCount,
  undrawnCount,
} from "../state/derived";
import { type State, TASKS, type TaskName } from "../state/state";
import { StoreElement } from "../state/store_element";
import { MAX_LABEL_POINTS } from "../view/choose_label_points";
import "../controls/task_progress";
import { renderPanels } from "./panels";

/** Minimum duration of a task before it gets a progress bar. */
const NOTICEABLE_MS = 1000;

@customElement("status-bar")
export class StatusBar extends StoreElement {
  #timer = 0;

  static override styles = [
    controlStyles,
    css`
      :host { container-type: inline-size; display: flex; align-items: center; gap: 12px; height: 28px; padding: 0 12px; border-top: 1px solid var(--line); background: var(--panel); }
      /* Two lines where a task leaves no room for one: the bar stays as high as it is. A task's words keep theirs. */
      .facts { flex: 1 100 auto; min-width: 45%; max-height: 28px; line-height: 14px; overflow: hidden; }
      task-progress { flex: 0 1 auto; }
      .table { flex: none; min-height: 24px; margin-right: -8px; padding: 0 8px; }
      .undrawn { flex: none; color: var(--warning); }
    `,
  ];

  override render() {
    const undrawn = undrawnCount(this.state);
    const { tableOpen } = this.state;
    const sentence = facts(this.state);
    return html`<span class="facts small soft" role="status" title=${sentence}>${sentence}</span>
      ${undrawn === 0 ? nothing : html`<span class="undrawn">${undrawnWords(undrawn, drawnMethod(this.state))}</span>`}
      ${renderPanels("status", { store: this.store, actions: this.actions }, this.state)}
      ${TASKS.map((name) => [name, this.state.tasks[name]] as const).map(([name, task]) => (task ? this.#renderTask(name, task) : nothing))}
      <button class="quiet table" aria-pressed=${tableOpen} title=${this.commandTip("table")} @click=${() => this.actions.commandOf("table").run()}>${icon("table")} Table</button>`;
  }

  /** Schedules a re-render for when a task has become long. */
  override updated(): void {
    clearTimeout(this.#timer);
    const isWaiting = Object.values(this.state.tasks).some((task) => !isNoticeable(task));
    if (isWaiting) this.#timer = window.setTimeout(() => this.requestUpdate(), NOTICEABLE_MS / 4);
  }

  #renderTask(name: TaskName, task: Task) {
    if (!isNoticeable(task)) return nothing;
    return html`<task-progress inline .task=${task} @cancel=${() => this.actions.cancel(name)}></task-progress>`;
  }
}

function undrawnWords(rows: number, method: Method): string {
  const why = method === "pca" ? ["holds NaN", "hold NaN"] : ["has no coordinates", "have no coordinates"];
  return rows === 1 ? `1 row ${why[0]} and is not drawn` : `${formatCount(rows)} rows ${why[1]} and are not drawn`;
}

function isNoticeable(task: Task): boolean {
  return performance.now() - task.startedAtMs >= NOTICEABLE_MS;
}

function facts(state: Readonly<State>): string {
  const { shown } = state;
  const drawn = drawnCoordinates(state);
  if (shown === null || drawn === null) return "";
  const dims = shown.step.shape[1];
  const count = pointCount(state) - undrawnCount(state);
  const isAll = state.subset === null && undrawnCount(state) === 0;
  const all = isAll
    ? `all ${plural(count, "point")}`
    : `${formatCount(count)} of ${plural(embeddingCount(state), "point")}`;
  const method = `${nameInSentence(drawn.method)} ${drawnDimensions(state)}-D`;
  const parts = [`Showing ${all}`, ...labelFacts(state, count), plural(dims, "dim"), method];
  return [...parts, ...methodFacts(state, drawn), drawn.space].join(" · ");
}

function labelFacts({ labelPoints }: Readonly<State>, count: number): string[] {
  return labelPoints && count > MAX_LABEL_POINTS ? [`${formatCount(MAX_LABEL_POINTS)} of them with labels`] : [];
}

/** Facts about the picture from the projection itself. */
function methodFacts(state: Readonly<State>, { method, iteration, subset }: Coordinates): string[] {
  if (state.subset !== null && subset !== state.subset && method !== "as_is") return ["computed among more points"];
  if (method === "pca") return [varianceWords(state)];
  if (iteration === null) return [];
  // The layout's own number is updated at a readable rate.
  const layout = layoutOfPicture(state);
  const done = layout?.of === method ? layout.iteration : iteration;
  return [method === "umap" ? plural(done, "epoch") : plural(done, "iteration")];
}

function varianceWords(state: Readonly<State>): string {
  const same = state.projection === null ? null : sameWords(state.projection);
  return same ?? `${formatShare(drawnVariance(state))} of variance`;
}
