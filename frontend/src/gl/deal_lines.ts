/** Deals lines to chunks like cards, so that any few of the chunks represent the whole. */
export function dealLines(pairs: Uint32Array, chunks: number): Uint32Array {
  if (chunks === 1) return pairs;
  const count = pairs.length / 2;
  const dealt = new Uint32Array(pairs.length);
  let at = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (let line = chunk; line < count; line += chunks) {
      dealt[at++] = pairs[2 * line]!;
      dealt[at++] = pairs[2 * line + 1]!;
    }
  }
  return dealt;
}

/** Index of a chunk's first line in the dealt lines. */
export function startOfChunk(count: number, chunks: number, chunk: number): number {
  const whole = Math.floor(count / chunks);
  return chunk * whole + Math.min(chunk, count - whole * chunks);
}

/** The more lines, the more transparent each. */
export function lineAlpha(count: number): number {
  return Math.max(0.12, Math.min(0.75, 0.75 * Math.sqrt(4_000 / Math.max(count, 1))));
}
