/** Where the names of classes stand: at a point of each class, near the middle of its points. */

import type { Columns } from "./bounds";

/** The row of each class, given by its rows, that is nearest to its median per axis; -1 if none has coordinates. */
export function placeClasses(columns: Columns, classes: readonly Int32Array[]): Int32Array {
  return Int32Array.from(classes, (rows) => placeClass(columns, rows));
}

function placeClass({ x, y, z }: Columns, rows: Int32Array): number {
  const axes = z === null ? [x, y] : [x, y, z];
  const drawn = rows.filter((row) => axes.every((column) => Number.isFinite(column[row])));
  const middle = axes.map((column) => medianOf(column, drawn));
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (const row of drawn) {
    let square = 0;
    for (let axis = 0; axis < axes.length; axis++) square += (axes[axis]![row]! - middle[axis]!) ** 2;
    if (square < least) [nearest, least] = [row, square];
  }
  return nearest;
}

/** The lower one of an even number. */
function medianOf(column: Float32Array, rows: Int32Array): number {
  const values = Float32Array.from(rows, (row) => column[row]!).sort();
  return values[(values.length - 1) >> 1] ?? Number.NaN;
}
