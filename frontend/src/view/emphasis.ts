/** Reads the emphasis column: the kinds present, and the rows to be drawn over the others. */

import { isInRows, rowsWith } from "../data/row_sets";
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
  const isTaken = (_row: number, at: number) => at % step === 0; // The first of each kind among them.
  const sample = raise(neighbors.filter(isTaken), selected.filter(isTaken), last);
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

/** `rows` with those of `last` among them at the end, the first of these behind all. */
function putLast(rows: Int32Array, last: Int32Array): Int32Array {
  const moved = new Set(last.filter((row) => isInRows(rows, row)));
  if (moved.size === 0) return rows;
  const ordered = new Int32Array(rows.length);
  ordered.set(rows.filter((row) => !moved.has(row)));
  ordered.set([...moved].reverse(), rows.length - moved.size);
  return ordered;
}
