/** The given dimensions (0-based) of all vectors, one column each. */
import type { Client } from "../../api/client";
import type { JobWatch } from "../../api/jobs";
import { tensorOf } from "../../api/parameters";
import { parseDimensions } from "../../data/axes_answer";
import type { Shown } from "../../data/runs";

export function fetchDimensions(
  client: Client,
  shown: Shown,
  dims: readonly number[],
  watch: JobWatch,
  signal: AbortSignal,
): Promise<readonly Float32Array[]> {
  const parameters = { ...tensorOf(shown), dims: dims.join(",") };
  return client.awaitParsed({ route: "tensors", parameters }, (bytes) => parseDimensions(bytes, dims), watch, signal);
}
