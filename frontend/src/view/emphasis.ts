/** Reads the emphasis column: the kinds present, and the rows to be drawn over the others. */

import { isInRows, lowerBound, rowsWith } from "../data/row_sets";
import { EMPHASIS, type Raised } from "../gl/scene";

interface EmphasisWork {
  /** Kinds drawn into the cached picture, in drawing order. */
  readonly passes: readonly number[];
  readonly raised: Raised | null;
  /** Some of a crowd that the passes draw, to be raised until they are done: null if there is none. */
  readonly sample: Raised | null;
}

/** Number of rows that are put in front of the others of their kind: as many as a user can distinguish. */
export const MAX_FOREMOST = 64;

/**
 * Above `maxRaised`, rows are not raised but drawn in passes of their own, after the others; `sample` has about as
 * many of them as may be raised, evenly. The `foremost` rows, the most important first, lie over the others of their kind.
 */
export function readEmphasis(
  emphasis: Uint8Array | null,
  maxRaised = Infinity,
  foremost: Int32Array | null = null,
): EmphasisWork {
  if (!emphasis) return { passes: [EMPHASIS.plain], raised: null, sample: null };
  const kinds = (...among: number[]) => among.filter((kind) => emphasis.includes(kind));
  const passes = kinds(EMPHASIS.faded, EMPHASIS.plain);
  const last = foremost?.subarray(0, MAX_FOREMOST) ?? new Int32Array(0);
  const [neighbors, selected] = [rowsWith(emphasis, EMPHASIS.neighbor), rowsWith(emphasis, EMPHASIS.selected)];
  const step = Math.ceil((neighbors.length + selected.length) / maxRaised);
  if (step <= 1) return { passes, raised: raise(neighbors, selected, last), sample: null };
  const sample = raise(everyNth(neighbors, step), everyNth(selected, step), last);
  return { passes: [...passes, ...kinds(EMPHASIS.neighbor, EMPHASIS.selected)], raised: null, sample };
}

/** Neighbors first, so that the selection is drawn last; of each kind `last`. Null: there are none. */
function raise(neighbors: Int32Array, selected: Int32Array, last: Int32Array): Raised | null {
  const count = neighbors.length + selected.length;
  if (count === 0) return null;
  const rows = new Uint32Array(count);
  rows.set(putLast(neighbors, last));
  rows.set(putLast(selected, last), neighbors.length);
  const emphasis = new Uint8Array(count).fill(EMPHASIS.selected).fill(EMPHASIS.neighbor, 0, neighbors.length);
  return { rows, emphasis };
}

/** From the first on. */
function everyNth(rows: Int32Array, step: number): Int32Array {
  const taken = new Int32Array(Math.ceil(rows.length / step));
  for (let at = 0; at < taken.length; at++) taken[at] = rows[at * step]!;
  return taken;
}

/** `rows` with those of `last` among them at the end, the first of these behind all. */
function putLast(rows: Int32Array, last: Int32Array): Int32Array {
  const moved = new Set(last.filter((row) => isInRows(rows, row)));
  if (moved.size === 0) return rows;
  const ordered = new Int32Array(rows.length);
  let [taken, placed] = [0, 0];
  for (const at of [...moved].map((row) => lowerBound(rows, row)).sort((a, b) => a - b)) {
    ordered.set(rows.subarray(taken, at), placed);
    [placed, taken] = [placed + at - taken, at + 1];
  }
  ordered.set(rows.subarray(taken), placed);
  ordered.set([...moved].reverse(), rows.length - moved.size);
  return ordered;
}
