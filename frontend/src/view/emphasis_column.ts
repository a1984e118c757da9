/** Decides which points stand out and which fade, in the tab and in saved pages alike. */
import { intersectRows, isInRows } from "../data/row_sets";
import { EMPHASIS } from "../gl/scene";

/** Null: none; of `filtered`: all points pass. */
interface StandingRows {
  /** The clicked point. */
  readonly row: number | null;
  readonly selection: Int32Array | null;
  /** In any order. */
  readonly neighbors: Int32Array | null;
  readonly matches: Int32Array | null;
  /** The rows that pass the filters. */
  readonly filtered: Int32Array | null;
}

/** Whether some points stand out, apart from those that pass the filters. */
export function standsOut({ row, selection, matches }: Pick<StandingRows, "row" | "selection" | "matches">): boolean {
  return row !== null || selection !== null || matches !== null;
}

/** Null: all points are plain. Others fade only if some stand out. Filtered-out rows fade, unless selected. */
export function emphasisOf(standing: StandingRows, makeColumn: () => Uint8Array): Uint8Array | null {
  const { row, selection, neighbors, matches, filtered } = standing;
  const isPlain = !standsOut(standing);
  if (isPlain && filtered === null) return null;
  const emphasis = makeColumn().fill(EMPHASIS.faded);
  if (isPlain) mark(emphasis, filtered, EMPHASIS.plain);
  const isLeft = (neighbor: number) => filtered === null || isInRows(filtered, neighbor);
  mark(emphasis, neighbors?.filter(isLeft) ?? null, EMPHASIS.neighbor);
  mark(emphasis, matches && filtered ? intersectRows(matches, filtered) : matches, EMPHASIS.neighbor);
  mark(emphasis, selection, EMPHASIS.selected);
  if (row !== null) emphasis[row] = EMPHASIS.selected;
  return emphasis;
}

function mark(emphasis: Uint8Array, rows: Int32Array | null, kind: number): void {
  if (rows !== null) for (let at = 0; at < rows.length; at++) emphasis[rows[at]!] = kind;
}
