/** Custom axes: counts the rows of their searches during typing, projects on request, and again on what undo brings back. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { fetchProjection } from "../../api/shared_requests";
import {
  type AxisChoice,
  type AxisChoices,
  type AxisCount,
  type AxisSearch,
  countOf,
  INITIAL_AXES,
  NO_COUNTS,
} from "../../data/axes";
import type { AxesAnswer, AxisFound } from "../../data/axes_answer";
import { countFiniteRows } from "../../data/coordinates";
import { type Space, spreadColumn } from "../../data/space";
import { isMetadataComing, spaceOf } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import type { Tasks } from "../../work/tasks";
import { axisName, END_NAMES, type EndName, findAxisRows, findComponent } from "./axis_rows";
import { type AxisRequest, projectAxes } from "./requests";
import { RowSearches } from "./row_searches";

/** Delay before searching, longer than the usual time between keystrokes. */
const TYPING_MS = 150;
const PROJECTING = "Projecting on the axes";
const INPUTS: readonly (keyof State)[] = ["axes", "dimensions", "method", "metadata", "labelBy"];

interface EndSearch {
  readonly index: number;
  readonly end: EndName;
  readonly search: AxisSearch;
}

export class ProjectingAxes {
  readonly #searches = new RowSearches();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The axes of the picture while each definition was in the panel. */
  readonly #pictures = new WeakMap<AxisChoices, AxisChoices>();
  /** The definition in the panel, the axes of the picture, and those projected on last, before the newest change. */
  #defined: AxisChoices = INITIAL_AXES;
  #drawn: AxisChoices | undefined;
  #requested: AxisChoices | undefined;

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
      if (changed.has("metadata") || changed.has("labelBy")) this.#forgetFound();
      if (changed.has("shown")) this.store.set({ projectedAxes: null });
      if (changed.has("axes")) this.#followUndo();
      this.#drawn = this.store.state.coordinates?.axes;
      if (INPUTS.some((name) => changed.has(name))) this.#countSoon();
    });
  }

  /** Projects all points on the axes, as they are in the panel or were there before. */
  async project(axes: AxisChoices = this.store.state.axes): Promise<void> {
    const { shown, dimensions, subset } = this.store.state;
    if (shown === null) return;
    const space = spaceOf(this.store.state);
    const used = axes.slice(0, dimensions);
    this.#requested = axes;
    const isSearching = searchesOf(used).some(({ search }) => search.text !== "");
    const isWaiting = isSearching && isMetadataComing(this.store.state);
    const found = await this.tasks.run("axes", isWaiting ? "Waiting for the metadata" : PROJECTING, async (signal) => {
      if (isWaiting) await this.#untilMetadataIsHere(signal);
      const { state } = this.store;
      const axisRequests = [];
      for (const [index, axis] of used.entries())
        axisRequests.push(await findAxisRows(state, index, axis, this.#searches, signal));
      const answer = await this.#fetchAxes(axisRequests, space, signal);
      return this.#columns(used, answer, space, signal);
    });
    if (found === undefined || shown !== this.store.state.shown) return;
    const rows = shown.step.shape[0];
    const [x, y, z] = found.columns.map((column) => spreadColumn(column, subset, rows));
    const axisNames = used.map((axis) => axisName(this.store.state, axis));
    this.coordinates.put(
      {
        method: "axes",
        ...{ x: x!, y: y!, z: z ?? null, rows, finiteRows: countFiniteRows(...found.columns) },
        ...{ axisNames, space: found.space, subset, axes, iteration: null },
      },
      { projectedAxes: { axes: used, found: found.axes, problems: found.problems } },
    );
  }

  /** Also once it has failed. Throws the signal's reason once that is aborted. */
  async #untilMetadataIsHere(signal: AbortSignal): Promise<void> {
    let unsubscribe = () => {};
    await new Promise<void>((resolve) => {
      unsubscribe = this.store.subscribe((state) => isMetadataComing(state) || resolve());
      signal.addEventListener("abort", () => resolve());
    });
    unsubscribe();
    signal.throwIfAborted();
    this.tasks.progress("axes", { share: null, secondsLeft: null }, PROJECTING);
  }

  /**
   * A definition that was in the panel before comes back by undo or redo alone, since everything else makes a new one:
   * the picture that was drawn beside it comes back, too. Where there was none, the picture stays.
   */
  #followUndo(): void {
    const { axes, coordinates, tasks } = this.store.state;
    const left = tasks.axes === undefined ? this.#drawn : this.#requested;
    if (left !== undefined && this.#defined !== INITIAL_AXES) this.#pictures.set(this.#defined, left);
    this.#defined = axes;
    const picture = this.#pictures.get(axes);
    if (picture === undefined || coordinates?.method !== "axes") return;
    if (picture === coordinates.axes) this.tasks.cancel("axes");
    else void this.project(picture);
  }

  /** Otherwise the axes would say that they search. */
  reportCanceled(): void {
    const failure = { message: "The search was canceled.", fix: "Change it to search again." };
    for (const one of this.#uncounted()) this.#put(one, { search: one.search, rows: null, failure });
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
    const columns = axes.map((axis, index) =>
      axis.kind === "pca" ? findComponent(pca!.components, index, axis.component) : answer!.columns[next++]!,
    );
    const problems = [answer, pca].flatMap((one) => one?.problems ?? []);
    return { columns, axes: inOrder(axes, answer), space: (answer ?? pca!).space, problems };
  }

  /** What searches found is of the columns that they searched. */
  #forgetFound(): void {
    const { projectedAxes } = this.store.state;
    this.store.set({ axisCounts: NO_COUNTS, projectedAxes: projectedAxes && { ...projectedAxes, found: [] } });
  }

  #countSoon(): void {
    clearTimeout(this.#timer);
    this.tasks.cancel("axisSearches");
    if (this.store.state.method !== "axes") return;
    this.#timer = setTimeout(() => this.#count(), TYPING_MS);
  }

  /** Shows each count as it arrives. */
  async #count(): Promise<void> {
    const uncounted = this.#uncounted();
    if (uncounted.length === 0) return;
    await this.tasks.run("axisSearches", "Searching for the ends of the axes", async (signal) => {
      for (const one of uncounted) this.#put(one, await this.#countRows(one.search, signal));
    });
  }

  /** The ends whose search has no count yet, of the axes that the panel shows. */
  #uncounted(): EndSearch[] {
    const { axes, axisCounts, dimensions, metadata } = this.store.state;
    if (metadata === null) return [];
    return searchesOf(axes.slice(0, dimensions)).filter(
      ({ index, end, search }) => search.text !== "" && countOf(axisCounts[index]?.[end], search) === null,
    );
  }

  #put({ index, end }: EndSearch, count: AxisCount): void {
    const { axisCounts } = this.store.state;
    this.store.set({ axisCounts: axisCounts.map((one, at) => (at === index ? { ...one, [end]: count } : one)) });
  }

  /** Throws the signal's reason once that is aborted. */
  async #countRows(search: AxisSearch, signal: AbortSignal): Promise<AxisCount> {
    try {
      const rows = await this.#searches.find(this.store.state, search, signal);
      signal.throwIfAborted();
      return { search, rows: rows!.length, failure: null };
    } catch (error) {
      signal.throwIfAborted();
      const { message, fix } = error as Error & { fix?: string };
      return { search, rows: null, failure: { message, fix: fix ?? "" } };
    }
  }
}

function searchesOf(axes: readonly AxisChoice[]): EndSearch[] {
  return axes.flatMap((axis, index) =>
    axis.kind === "searches" ? END_NAMES.map((end) => ({ index, end, search: axis[end] })) : [],
  );
}

/** The answer has none for components. */
function inOrder(axes: readonly AxisChoice[], answer: AxesAnswer | null): (AxisFound | null | undefined)[] {
  let next = 0;
  return axes.map((axis) => (axis.kind === "pca" ? null : answer!.axes[next++]));
}
