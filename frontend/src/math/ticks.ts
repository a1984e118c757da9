/** Round numbers along an axis: steps of 1, 2 or 5 times a power of ten, never closer together than requested. */

interface Ticks {
  readonly values: readonly number[];
  readonly texts: readonly string[];
}

/** `max`: maximum number of ticks. */
export function computeTicks(low: number, high: number, max: number): Ticks {
  const span = high - low;
  if (!(span > 0 && Number.isFinite(span)) || max < 1) return { values: [], texts: [] };
  const step = roundStep(span / max);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Multiples of the step: summing steps would drift.
  const values = Array.from({ length: Math.max(0, count) }, (_, at) => cleanZero((first + at) * step));
  return { values, texts: values.map((value) => tickText(value, step)) };
}

/** The smallest of 1, 2, 5, 10, … that is at least `least`. */
export function roundStep(min: number): number {
  const power = 10 ** Math.floor(Math.log10(min));
  const factor = [1, 2, 5, 10].find((one) => one * power >= min * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** With enough digits to distinguish neighboring ticks, and a typographic minus sign. */
function tickText(value: number, step: number): string {
  if (value === 0 && step < 1e-4) return "0";
  const size = Math.max(Math.abs(value), step);
  const isPlain = value === 0 || (size < 1e6 && step >= 1e-4);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = isPlain
    ? value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : value.toExponential(Math.max(0, Math.floor(Math.log10(size)) - Math.floor(Math.log10(step) + 1e-9)));
  return text.replaceAll("-", "−").replace("e+", "e");
}

function cleanZero(value: number): number {
  return value === 0 ? 0 : value;
}
