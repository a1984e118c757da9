/** Scans the emphasis column once: the kinds present, and the rows to be drawn over the others. */

import { EMPHASIS, type Raised } from "../gl/scene";

interface EmphasisWork {
  /** Kinds drawn into the cached picture, in drawing order. */
  readonly passes: readonly number[];
  readonly raised: Raised | null;
}

/** Number of rows that are put in front of the others of their kind: as many as a user can distinguish. */
export const MAX_FOREMOST = 64;

/**
 * Above `maxRaised`, rows are not raised but drawn in passes of their own, after the others. The `foremost` rows, the
 * most important first, lie over the others of their kind.
 */
export function readEmphasis(
  emphasis: Uint8Array | null,
  count: number,
  maxRaised = Infinity,
  foremost: Int32Array | null = null,
): EmphasisWork {
  if (!emphasis) return { passes: [EMPHASIS.plain], raised: null };
  const counts = new Uint32Array(256);
  for (let row = 0; row < count; row++) counts[emphasis[row]!]!++;
  const passes = [EMPHASIS.faded, EMPHASIS.plain].filter((kind) => counts[kind]);
  const raised = counts[EMPHASIS.neighbor] + counts[EMPHASIS.selected];
  if (raised > maxRaised) {
    const above = [EMPHASIS.neighbor, EMPHASIS.selected].filter((kind) => counts[kind]);
    return { passes: [...passes, ...above], raised: null };
  }
  return { passes, raised: raised ? collectRaised(emphasis, count, counts, foremost) : null };
}

/** Neighbors first, so that the selection is drawn last; of each kind the foremost last. */
function collectRaised(emphasis: Uint8Array, count: number, counts: Uint32Array, foremost: Int32Array | null): Raised {
  const neighbors = counts[EMPHASIS.neighbor];
  const rows = new Uint32Array(neighbors + counts[EMPHASIS.selected]);
  const last = new Set(foremost?.subarray(0, MAX_FOREMOST));
  let [neighbor, selected] = [0, neighbors];
  const add = (row: number) => {
    if (emphasis[row] === EMPHASIS.neighbor) rows[neighbor++] = row;
    else if (emphasis[row] === EMPHASIS.selected) rows[selected++] = row;
  };
  for (let row = 0; row < count; row++) {
    // Few of a million rows are raised: the set is asked for these only.
    if (emphasis[row]! >= EMPHASIS.neighbor && !last.has(row)) add(row);
  }
  for (const row of [...last].reverse()) add(row);
  return { rows, emphasis: new Uint8Array(rows.length).fill(EMPHASIS.selected).fill(EMPHASIS.neighbor, 0, neighbors) };
}
