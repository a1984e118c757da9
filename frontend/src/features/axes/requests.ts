/** The coordinates on one to three custom axes. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { namesOf, spaceFields } from "../../api/parameters";
import { type AxesAnswer, parseAxes } from "../../data/axes_answer";
import type { Shown } from "../../data/runs";
import type { Space } from "../../data/space";

/** A direction between the means of rows (`subtract` null: of all), or a random one. */
export type AxisRequest =
  | { readonly add: Int32Array; readonly subtract: Int32Array | null }
  | { readonly random: number };

/** Maximum number of rows listed in a request: longer lists are sent once, as a subset. */
const MAX_ROWS_LISTED = 10_000;

export async function projectAxes(
  client: Client,
  shown: Shown,
  axes: readonly AxisRequest[],
  space: Space,
  watch: JobWatch,
  signal: AbortSignal,
): Promise<AxesAnswer> {
  const named = await Promise.all(axes.map((axis) => nameRows(client, axis, signal)));
  const json = JSON.stringify({ ...namesOf(shown), method: "axes", ...spaceFields(space), axes: named });
  return client.awaitParsed({ route: "projections", json, space }, parseAxes, watch, signal);
}

async function nameRows(client: Client, axis: AxisRequest, signal?: AbortSignal): Promise<Record<string, unknown>> {
  if ("random" in axis) return axis;
  const name = async (rows: Int32Array) =>
    rows.length > MAX_ROWS_LISTED ? client.postSubset(rows, signal) : Array.from(rows);
  const { add, subtract } = axis;
  return { add: await name(add), ...(subtract === null ? {} : { subtract: await name(subtract) }) };
}
