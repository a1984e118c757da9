/** Quality of a projection: measured by the server from its coordinates. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { spaceParameters, tensorOf } from "../../api/parameters";
import type { Metric } from "../../data/neighborhood";
import { parseQuality, type Quality } from "../../data/quality";
import type { Shown } from "../../data/runs";
import { gatherColumn, type Space } from "../../data/space";

/** Sends one number per row of the embedding in each of `coordinates`. */
export function measureQuality(
  client: Client,
  shown: Shown,
  coordinates: { x: Float32Array; y: Float32Array; z: Float32Array | null },
  query: { k: number; metric: Metric },
  space: Space,
  watch: JobWatch,
  signal: AbortSignal,
): Promise<Quality> {
  const { x, y, z } = coordinates;
  const axes = Object.entries({ x, y, ...(z === null ? {} : { z }) });
  const columns = Object.fromEntries(axes.map(([name, values]) => [name, gatherColumn(values, space.subset)]));
  // A POST passes the version as a parameter too: coordinates of one step are invalid for another.
  const parameters = { ...tensorOf(shown), ...query, ...spaceParameters(space) };
  return client.awaitParsed({ route: "quality", parameters, columns, space }, parseQuality, watch, signal);
}
