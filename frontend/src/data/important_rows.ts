/** The order in which rows are labeled: those with the largest numbers of a column first. */
import type { Column } from "./column";
import { numberValues } from "./number_values";
import { everyRow } from "./row_sets";

/** At most `max` rows of the first `among`, or of the rows given; those without a number come last. */
export function importantRows(column: Column, among: number | Int32Array, max: number): Int32Array {
  const rows = typeof among === "number" ? everyRow(among) : among;
  const ranks = ranksOf(column, rows);
  // The last rank that has room: only the rows above it need an order, so a million rows take no longer to compare.
  const last = rows.length <= max ? Number.NEGATIVE_INFINITY : ranks.slice().sort()[rows.length - max]!;
  const indices = everyRow(rows.length);
  const above = indices.filter((index) => ranks[index]! > last).sort((a, b) => ranks[b]! - ranks[a]! || a - b);
  const equal = indices.filter((index) => ranks[index] === last).subarray(0, max - above.length);
  return Int32Array.of(...above, ...equal).map((index) => rows[index]!);
}

function ranksOf(column: Column, rows: Int32Array): Float64Array {
  const values = numberValues(column);
  return Float64Array.from(rows, (row) => {
    const value = values[row] ?? Number.NaN;
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  });
}
