/** The weight of every dimension in the first `components` principal components. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { spaceParameters, tensorOf } from "../../api/parameters";
import { type Loadings, parseLoadings } from "../../data/loadings";
import type { Shown } from "../../data/runs";
import type { Space } from "../../data/space";

export function fetchLoadings(
  client: Client,
  shown: Shown,
  components: number,
  space: Space,
  watch: JobWatch,
  signal: AbortSignal,
): Promise<Loadings> {
  const parameters = { ...tensorOf(shown), method: "pca", components, loadings: 1, ...spaceParameters(space) };
  return client.awaitParsed({ route: "projections", parameters, space }, parseLoadings, watch, signal);
}
