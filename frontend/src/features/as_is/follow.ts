/** «As it is»: shows dimensions and columns on the axes, without computation. Follows the choice while shown. */
import type { Client } from "../../api/client";
import type { AsIsAxis } from "../../data/as_is";
import { findColumn } from "../../data/column";
import { countFiniteRows } from "../../data/coordinates";
import type { Shown } from "../../data/runs";
import { columnsOf, isMetadataComing } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import { TaskError } from "../../work/task_error";
import type { Tasks } from "../../work/tasks";
import { fetchDimensions } from "./requests";

const INPUTS: readonly (keyof State)[] = ["method", "asIs", "shown", "dimensions", "metadata"];

export class ReadingAsIs {
  /** Dimensions already fetched for `#shown`. */
  readonly #read = new Map<number, Float32Array>();
  #shown: Shown | null = null;
  /** For the metadata, whose columns are on the axes. */
  #isWaiting = false;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly presence: Presence,
    private readonly coordinates: MethodCoordinates,
  ) {
    store.subscribe((state, changed) => {
      const isOver = this.#isWaiting && !isMetadataComing(state);
      if (!isOver && !INPUTS.some((name) => changed.has(name))) return;
      if (state.method === "as_is" && state.shown !== null) this.read();
      else this.tasks.cancel("dimensions");
    });
  }

  async read(): Promise<void> {
    const { state } = this.store;
    const shown = state.shown!;
    const axes = availableAxes(state, shown);
    this.#isWaiting = isMetadataComing(state) && axes.some(({ kind }) => kind === "column");
    if (this.#isWaiting) return this.tasks.cancel("dimensions");
    const columns = await this.tasks.run("dimensions", "Reading dimensions", async (signal) => {
      checkAxes(state, shown, axes);
      const dims = axes.flatMap((axis) => (axis.kind === "dimension" ? [axis.dimension] : []));
      await this.#load(shown, [...new Set(dims)], signal);
      return axes.map((axis) => this.#column(state, axis));
    });
    if (columns === undefined || shown !== this.store.state.shown) return;
    const [x, y, z] = columns;
    const rows = shown.step.shape[0];
    this.coordinates.put({
      method: "as_is",
      ...{ x: x!, y: y ?? new Float32Array(rows), z: z ?? null, rows, finiteRows: countFiniteRows(...columns) },
      axisNames: axes.map((axis) => (axis.kind === "column" ? axis.column : `dim ${axis.dimension}`)),
      ...{ space: "as stored", subset: null, iteration: null },
    });
  }

  async #load(shown: Shown, dims: readonly number[], signal: AbortSignal): Promise<void> {
    if (this.#shown !== shown) this.#read.clear();
    this.#shown = shown;
    const missing = dims.filter((dim) => !this.#read.has(dim));
    if (missing.length === 0) return;
    const watch = followJobs("dimensions", this.tasks, this.presence);
    const columns = await fetchDimensions(this.client, shown, missing, watch, signal);
    for (const [index, dim] of missing.entries()) this.#read.set(dim, columns[index]!);
  }

  #column(state: Readonly<State>, axis: AsIsAxis): Float32Array {
    if (axis.kind === "dimension") return this.#read.get(axis.dimension)!;
    const column = findColumn(columnsOf(state), axis.column);
    return column === null || column.kind === "text" ? new Float32Array(0) : Float32Array.from(column.values);
  }
}

/** Omits the axes that vectors of one or two dimensions cannot fill. */
function availableAxes(state: Readonly<State>, shown: Shown): AsIsAxis[] {
  const dims = shown.step.shape[1];
  const axes = state.asIs.slice(0, state.dimensions);
  const isBeyond = (axis: AsIsAxis, index: number) =>
    axis.kind === "dimension" && axis.dimension >= dims && index >= dims;
  return axes.filter((axis, index) => !isBeyond(axis, index));
}

/** Throws TaskError for a dimension or a column that does not exist. */
function checkAxes(state: Readonly<State>, shown: Shown, axes: readonly AsIsAxis[]): void {
  const dims = shown.step.shape[1];
  for (const axis of axes) {
    if (axis.kind === "dimension") {
      if (axis.dimension >= dims) {
        throw new TaskError(
          `There is no dimension ${axis.dimension}: the vectors have ${dims}, from 0.`,
          "Choose another.",
        );
      }
      continue;
    }
    const column = findColumn(columnsOf(state), axis.column);
    if (column === null) throw new TaskError(`There is no column «${axis.column}».`, "Choose another.");
    if (column.kind === "text") throw new TaskError(`«${axis.column}» holds text.`, "Choose a column of numbers.");
  }
}
