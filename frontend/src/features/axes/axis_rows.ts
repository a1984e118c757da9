/** Finds the rows at the two ends of a custom axis, or reports what is missing; and names the axis. */
import { type AxisChoice, type AxisSearch, nameDifference, nameSearch } from "../../data/axes";
import { formatCount, plural } from "../../data/format";
import { pointName } from "../../state/derived";
import type { State } from "../../state/state";
import { TaskError } from "../../work/task_error";
import type { AxisRequest } from "./requests";
import type { RowSearches } from "./row_searches";

export const END_NAMES = ["add", "subtract"] as const;
export type EndName = (typeof END_NAMES)[number];
export const AXIS_NAMES = ["X", "Y", "Z"];
const INSTEAD = "Fill it in, or put «random» or a principal component on this axis.";

/** The request to the server; null for a principal component, which needs none. Throws TaskError. */
export async function findAxisRows(
  state: Readonly<State>,
  index: number,
  axis: AxisChoice,
  searches: RowSearches,
  signal: AbortSignal,
): Promise<AxisRequest | null> {
  const name = AXIS_NAMES[index]!;
  switch (axis.kind) {
    case "pca":
      return null;
    case "random":
      return { random: axis.seed };
    case "points":
      if (axis.add === null) throw new TaskError(`Axis ${name} has no point to lead to.`, INSTEAD);
      return ends(state, name, [axis.add], axis.subtract === null ? [] : [axis.subtract]);
    case "selections":
      if (axis.add.length === 0) throw new TaskError(`Axis ${name} has no points to lead to.`, INSTEAD);
      return ends(state, name, axis.add, axis.subtract);
    case "searches": {
      const add = await searchRows(state, name, axis.add, searches, signal);
      if (add === null) throw new TaskError(`Axis ${name} has no search to lead to.`, INSTEAD);
      return { add, subtract: await searchRows(state, name, axis.subtract, searches, signal) };
    }
  }
}

/** Throws TaskError: an axis stays as it is when another tensor, of fewer components, is chosen. */
export function findComponent(components: readonly Float32Array[], index: number, component: number): Float32Array {
  const found = components[component];
  if (found !== undefined) return found;
  const words = `Axis ${AXIS_NAMES[index]!} shows component ${component + 1}, and there are ${components.length}.`;
  throw new TaskError(words, "Choose another component.");
}

/** An empty `subtract` means the mean of all points. */
function ends(
  state: Readonly<State>,
  name: string,
  add: readonly number[],
  subtract: readonly number[],
): { add: Int32Array; subtract: Int32Array | null } {
  return {
    add: existingRows(state, `Axis ${name} leads to`, add),
    subtract: subtract.length === 0 ? null : existingRows(state, `Axis ${name} starts at`, subtract),
  };
}

/** The rows may come from a URL, or from another step, which had more. */
function existingRows(state: Readonly<State>, what: string, chosen: readonly number[]): Int32Array {
  const count = state.shown?.step.shape[0] ?? 0;
  const missing = chosen.find((row) => row >= count);
  if (missing === undefined) return Int32Array.from(chosen);
  throw new TaskError(
    `${what} row ${formatCount(missing)}, and there are ${plural(count, "row")}, counted from 0.`,
    "Choose other points.",
  );
}

async function searchRows(
  state: Readonly<State>,
  name: string,
  search: AxisSearch,
  searches: RowSearches,
  signal: AbortSignal,
): Promise<Int32Array | null> {
  if (search.text !== "" && state.metadata === null) {
    throw new TaskError(`Axis ${name} searches, and there is no metadata to search in.`, INSTEAD);
  }
  const rows = await searches.find(state, search, signal);
  if (rows === null || rows.length > 0) return rows;
  throw new TaskError(
    `Axis ${name}: nothing matches «${search.text}».`,
    "Look for something else, or in another column.",
  );
}

/** «king − queen»; only «queen» if all other points are its other end. */
export function axisName(state: Readonly<State>, axis: AxisChoice): string {
  switch (axis.kind) {
    case "pca":
      return `PC ${axis.component + 1}`;
    case "random":
      return `random ${axis.seed}`;
    case "points":
      return nameDifference(pointName(state, axis.add!), axis.subtract === null ? "" : pointName(state, axis.subtract));
    case "selections":
      return nameDifference(
        plural(axis.add.length, "point"),
        axis.subtract.length === 0 ? "" : plural(axis.subtract.length, "point"),
      );
    case "searches":
      return nameDifference(nameSearch(axis.add), nameSearch(axis.subtract));
  }
}
