/** Rows in an order of which every prefix is spread evenly over all, by steps of the golden section around a circle. */
export function spreadRows(count: number, max: number): Int32Array {
  let step = Math.max(1, Math.round(count * 0.618_033_988_75));
  while (gcd(step, count) > 1) step++;
  return Int32Array.from({ length: Math.min(count, max) }, (_, index) => (index * step) % count);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
