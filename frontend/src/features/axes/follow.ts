/** Custom axes: counts the rows of their searches during typing, and projects on request. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { fetchProjection } from "../../api/shared_requests";
import type { AxisChoice, AxisCount } from "../../data/axes";
import type { AxesAnswer } from "../../data/axes_answer";
import { countFiniteRows } from "../../data/coordinates";
import { type Space, spreadColumn } from "../../data/space";
import { spaceOf } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import type { Tasks } from "../../work/tasks";
import { axisName, END_NAMES, findAxisRows, findComponent } from "./axis_rows";
import { type AxisRequest, projectAxes } from "./requests";
import { RowSearches } from "./row_searches";

/** Delay before searching, longer than the usual time between keystrokes. */
const TYPING_MS = 150;
const INPUTS: readonly (keyof State)[] = ["axes", "method", "metadata", "labelBy"];

export class ProjectingAxes {
  readonly #searches = new RowSearches();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the changes: results for older ones are dropped. */
  #newest = 0;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly presence: Presence,
    private readonly coordinates: MethodCoordinates,
  ) {
    store.subscribe((_state, changed) => {
      if (changed.has("shown")) this.tasks.cancel("axes");
      if (changed.has("shown") || changed.has("axes")) this.tasks.forgive("axes");
      if (changed.has("metadata")) this.#searches.forget();
      if (INPUTS.some((name) => changed.has(name))) this.#countSoon();
    });
  }

  /** Projects all points on the axes in their current definition. */
  async project(): Promise<void> {
    const { state } = this.store;
    const { shown, dimensions, subset } = state;
    if (shown === null) return;
    const space = spaceOf(state);
    const found = await this.tasks.run("axes", "Projecting on the axes", async (signal) => {
      const axes = state.axes.slice(0, dimensions);
      const axisRequests = [];
      for (const [index, axis] of axes.entries())
        axisRequests.push(await findAxisRows(state, index, axis, this.#searches));
      const answer = await this.#fetchAxes(axisRequests, space, signal);
      const columns = await this.#columns(axes, answer, space, signal);
      return { columns, space: answer?.space ?? state.projection?.space ?? "" };
    });
    if (found === undefined || shown !== this.store.state.shown) return;
    const rows = shown.step.shape[0];
    const [x, y, z] = found.columns.map((column) => spreadColumn(column, subset, rows));
    this.coordinates.put({
      method: "axes",
      ...{ x: x!, y: y!, z: z ?? null, rows, finiteRows: countFiniteRows(...found.columns) },
      axisNames: state.axes.slice(0, dimensions).map((axis) => axisName(state, axis)),
      ...{ space: found.space, subset, iteration: null },
    });
  }

  async #fetchAxes(
    axisRequests: readonly (AxisRequest | null)[],
    space: Space,
    signal: AbortSignal,
  ): Promise<AxesAnswer | null> {
    const requests = axisRequests.filter((request) => request !== null);
    if (requests.length === 0) return null;
    return projectAxes(this.client, this.store.state.shown!, requests, space, this.#watch(), signal);
  }

  #watch(): JobWatch {
    return followJobs("axes", this.tasks, this.presence);
  }

  /** In the axes' order; components of PCA come from another response. */
  async #columns(axes: readonly AxisChoice[], answer: AxesAnswer | null, space: Space, signal: AbortSignal) {
    const components = axes.map((axis) => (axis.kind === "pca" ? axis.component + 1 : 0));
    const max = Math.max(...components);
    const { shown } = this.store.state;
    const pca = max === 0 ? null : await fetchProjection(this.client, shown!, max, space, this.#watch(), signal);
    let next = 0;
    return axes.map((axis, index) =>
      axis.kind === "pca" ? findComponent(pca!.components, index, axis.component) : answer!.columns[next++]!,
    );
  }

  #countSoon(): void {
    clearTimeout(this.#timer);
    const requestId = ++this.#newest;
    if (this.store.state.method !== "axes") return;
    this.#timer = setTimeout(() => this.#count(requestId), TYPING_MS);
  }

  async #count(requestId: number): Promise<void> {
    const { state } = this.store;
    const counts: (AxisCount | null)[] = [];
    for (const axis of state.axes) counts.push(await this.#countAxis(state, axis));
    if (requestId === this.#newest) this.store.set({ axisCounts: counts });
  }

  async #countAxis(state: Readonly<State>, axis: AxisChoice): Promise<AxisCount | null> {
    if (axis.kind === "selections") return { add: axis.add.length, subtract: axis.subtract.length, failure: null };
    if (axis.kind !== "searches" || state.metadata === null) return null;
    const count: { add: number | null; subtract: number | null } = { add: null, subtract: null };
    for (const end of END_NAMES) {
      try {
        count[end] = (await this.#searches.find(state, axis[end]))?.length ?? null;
      } catch (error) {
        const { message, fix } = error as Error & { fix?: string };
        return { ...count, failure: { message, fix: fix ?? "" } };
      }
    }
    return { ...count, failure: null };
  }
}
