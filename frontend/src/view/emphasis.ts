/** Scans the emphasis column once: the kinds present, and the rows to be drawn over the others. */

import { EMPHASIS, type Raised } from "../gl/scene";

export interface EmphasisWork {
  /** Kinds drawn into the cached picture, in drawing order. */
  readonly passes: readonly number[];
  readonly raised: Raised | null;
}

/** Above `maxRaised`, rows are not raised but drawn in passes of their own, after the others. */
export function readEmphasis(emphasis: Uint8Array | null, count: number, maxRaised = Infinity): EmphasisWork {
  if (!emphasis) return { passes: [EMPHASIS.plain], raised: null };
  const counts = new Uint32Array(256);
  for (let row = 0; row < count; row++) counts[emphasis[row]!]!++;
  const passes = [EMPHASIS.faded, EMPHASIS.plain].filter((kind) => counts[kind]);
  const raised = counts[EMPHASIS.neighbor] + counts[EMPHASIS.selected];
  if (raised > maxRaised) {
    const above = [EMPHASIS.neighbor, EMPHASIS.selected].filter((kind) => counts[kind]);
    return { passes: [...passes, ...above], raised: null };
  }
  return { passes, raised: raised ? collectRaised(emphasis, count, counts) : null };
}

/** Neighbors first, so that the selection is drawn last. */
function collectRaised(emphasis: Uint8Array, count: number, counts: Uint32Array): Raised {
  const neighbors = counts[EMPHASIS.neighbor];
  const rows = new Uint32Array(neighbors + counts[EMPHASIS.selected]);
  let [neighbor, selected] = [0, neighbors];
  for (let row = 0; row < count; row++) {
    if (emphasis[row] === EMPHASIS.neighbor) rows[neighbor++] = row;
    else if (emphasis[row] === EMPHASIS.selected) rows[selected++] = row;
  }
  return { rows, emphasis: new Uint8Array(rows.length).fill(EMPHASIS.selected).fill(EMPHASIS.neighbor, 0, neighbors) };
}
