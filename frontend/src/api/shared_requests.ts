/** Requests of more than one feature. */
import { type Projection, parseProjection } from "../data/projection";
import type { Shown } from "../data/runs";
import type { Space } from "../data/space";
import type { Client, ServerRequest } from "./client";
import type { JobWatch } from "./jobs";
import { spaceParameters, tensorOf } from "./parameters";

/** The coordinates on the first `components` principal components. */
export function fetchProjection(
  client: Client,
  shown: Shown,
  components: number,
  space: Space,
  watch: JobWatch,
  signal: AbortSignal,
): Promise<Projection> {
  const parameters = { ...tensorOf(shown), method: "pca", components, ...spaceParameters(space) };
  return client.awaitParsed({ route: "projections", parameters, space }, parseProjection, watch, signal);
}

/** A file that metadata refers to by a path inside the logdir. */
export function assetRequest(shown: Shown, path: string): ServerRequest {
  return { route: "assets", parameters: { run: shown.run.name, path } };
}
