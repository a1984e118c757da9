/** The k nearest neighbors of every row. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { spaceParameters, tensorOf } from "../../api/parameters";
import { type NeighborGraph, parseGraph } from "../../data/graph";
import type { Metric } from "../../data/neighborhood";
import type { Shown } from "../../data/runs";
import type { Space } from "../../data/space";

/** `useFirst` receives the neighbors that are found first, if the search takes long. */
export function fetchGraph(
  client: Client,
  shown: Shown,
  query: { k: number; metric: Metric },
  space: Space,
  watch: JobWatch,
  signal: AbortSignal,
  useFirst?: (first: NeighborGraph) => void,
): Promise<NeighborGraph> {
  const parameters = { ...tensorOf(shown), ...query, ...spaceParameters(space) };
  return client.awaitParsed({ route: "graph", parameters, space }, parseGraph, watch, signal, useFirst);
}
