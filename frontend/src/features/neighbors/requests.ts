/** The nearest rows of a row, or of a sum and difference of rows. */
import type { Client } from "../../api/client";
import { namesOf, spaceFields, spaceParameters, tensorOf } from "../../api/parameters";
import { type Metric, type Neighborhood, parseNeighborhood } from "../../data/neighborhood";
import type { Shown } from "../../data/runs";
import type { Space } from "../../data/space";
import { rowsOf, type Term } from "../../data/terms";

export function fetchNeighborhood(
  client: Client,
  shown: Shown,
  query: { row: number; k: number; metric: Metric },
  space: Space,
  signal?: AbortSignal,
): Promise<Neighborhood> {
  const parameters = { ...tensorOf(shown), ...query, ...spaceParameters(space) };
  return client.getParsed({ route: "neighbors", parameters, space }, parseNeighborhood, signal);
}

/** Excluding the rows of the sum. */
export function fetchSum(
  client: Client,
  shown: Shown,
  query: { terms: readonly Term[]; normalized: boolean; k: number; metric: Metric },
  space: Space,
  signal?: AbortSignal,
): Promise<Neighborhood> {
  const { terms, ...others } = query;
  const [add, subtract] = [rowsOf(terms, 1), rowsOf(terms, -1)];
  const json = JSON.stringify({ ...namesOf(shown), ...others, ...spaceFields(space), add, subtract });
  return client.getParsed({ route: "neighbors", json, space }, parseNeighborhood, signal);
}
