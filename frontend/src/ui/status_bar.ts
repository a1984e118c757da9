/** What the picture shows, in one true sentence; and what is under way, with a way to stop it. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { formatCount, formatShare, plural } from "../data/format";
import { drawnDimensions, drawnVariance, pointCount, undrawnCount } from "../state/derived";
import { type State, TASKS, type Task, type TaskName } from "../state/state";
import { controlStyles } from "./control_styles";
import { StoreElement } from "./store_element";

/** Work shorter than this needs no bar. */
const NOTICEABLE_MS = 1000;

@customElement("status-bar")
export class StatusBar extends StoreElement {
  protected override readonly watched = [
    "shown",
    "projection",
    "dimensions",
    "components",
    "tasks",
    "painted",
    "matches",
  ] as const satisfies (keyof State)[];
  #timer = 0;

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; align-items: center; gap: 12px; height: 28px; padding: 0 12px; border-top: 1px solid var(--line); background: var(--panel); font-size: 12px; }
      .facts { flex: 1; min-width: 120px; }
      .undrawn { flex: none; color: var(--warning); }
      .task { display: flex; align-items: center; gap: 8px; }
      .bar { width: 72px; height: 4px; border-radius: 2px; background: var(--hover); overflow: hidden; }
      .bar::after { content: ""; display: block; width: 40%; height: 100%; border-radius: 2px; background: var(--accent); animation: run 1.4s ease-in-out infinite; }
      @keyframes run { from { transform: translateX(-110%); } to { transform: translateX(260%); } }
      @media (prefers-reduced-motion: reduce) { .bar::after { animation: none; width: 100%; opacity: .5; } }
    `,
  ];

  override render() {
    const undrawn = undrawnCount(this.state);
    return html`<span class="facts clip soft" role="status">${facts(this.state)}</span>
      ${undrawn === 0 ? nothing : html`<span class="undrawn">${undrawnWords(undrawn)}</span>`}
      ${TASKS.map((name) => [name, this.state.tasks[name]] as const).map(([name, task]) => (task ? this.#renderTask(name, task) : nothing))}`;
  }

  /** A task is looked at once more when it has become long. */
  override updated(): void {
    clearTimeout(this.#timer);
    const isWaiting = Object.values(this.state.tasks).some((task) => !isNoticeable(task));
    if (isWaiting) this.#timer = window.setTimeout(() => this.requestUpdate(), NOTICEABLE_MS / 4);
  }

  #renderTask(name: TaskName, task: Task) {
    if (!isNoticeable(task)) return nothing;
    return html`<span class="task"><span class="soft clip">${task.words}…</span><span class="bar" role="progressbar" aria-label=${task.words}></span>
      <button class="link" @click=${() => this.actions.cancel(name)}>Cancel</button></span>`;
  }
}

function undrawnWords(rows: number): string {
  return rows === 1 ? "1 row holds NaN and is not drawn" : `${formatCount(rows)} rows hold NaN and are not drawn`;
}

function isNoticeable(task: Task): boolean {
  return performance.now() - task.startedAtMs >= NOTICEABLE_MS;
}

function facts(state: Readonly<State>): string {
  const { shown, projection } = state;
  if (shown === null || projection === null) return "";
  const dims = shown.step.shape[1];
  const drawn = pointCount(state) - undrawnCount(state);
  const all =
    undrawnCount(state) === 0
      ? `all ${plural(drawn, "point")}`
      : `${formatCount(drawn)} of ${plural(pointCount(state), "point")}`;
  return [
    `Showing ${all}`,
    `${formatCount(dims)} ${dims === 1 ? "dim" : "dims"}`,
    `PCA ${drawnDimensions(state)}-D`,
    `${formatShare(drawnVariance(state))} of variance`,
    projection.space,
  ].join(" · ");
}
