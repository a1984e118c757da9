/** scikit-learn's 1,797 digits and their neighbors, found by measuring every distance. */
import address from "../node/golden/umap/digits.u8.gz?url";

const PIXELS = 64;

export async function readDigits(): Promise<Uint8Array> {
  const body = (await fetch(address)).body!;
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b; // Some servers of files unpack it themselves.
  if (!isPacked) return bytes;
  return new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer(),
  );
}

/** The neighbor graph of the first `rows` digits. */
export async function digitGraph(k: number, rows = 1797) {
  const digits = await readDigits();
  const neighbors = new Int32Array(rows * k);
  const distances = new Float32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const squares = squaresFrom(digits, row, rows);
    const nearest = Array.from({ length: rows }, (_, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => squares[a]! - squares[b]! || a - b);
    for (let at = 0; at < k; at++) {
      neighbors[row * k + at] = nearest[at]!;
      distances[row * k + at] = Math.sqrt(squares[nearest[at]!]!);
    }
  }
  return { rows, k, neighbors, distances, metric: "euclidean" };
}

function squaresFrom(digits: Uint8Array, row: number, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, other) => {
    let sum = 0;
    for (let pixel = 0; pixel < PIXELS; pixel++)
      sum += (digits[PIXELS * row + pixel]! - digits[PIXELS * other + pixel]!) ** 2;
    return sum;
  });
}
