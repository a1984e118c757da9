/** Formats numbers and sizes for display. */

const WHOLE = new Intl.NumberFormat("en-US");
const PLAIN = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** 341479 -> «341,479» */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** 12345 -> «row 12,345»: what a point without a label is called. */
export function nameRow(row: number): string {
  return `row ${formatCount(row)}`;
}

/** Six significant digits; very large and very small ones in scientific notation. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  // Separators from five digits on: a year is not 2,024.
  if (Number.isInteger(value) && size < 1e15) return size < 1e4 ? String(value) : WHOLE.format(value);
  return size >= 1e9 || (size > 0 && size < 1e-4) ? value.toExponential(3) : PLAIN.format(value);
}

/** 3441221 -> «3.4 MB» */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${Math.round(bytes)} B`;
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${size.toFixed(size < 10 ? 1 : 0)} ${unit}`;
}

/** A distance in a list, with enough digits to distinguish neighbors. */
export function formatDistance(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1e6) return value.toExponential(2);
  return value.toFixed(Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3);
}

/** 12.3 -> «13 s left» */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s left`;
  return `${Math.ceil(seconds / 60)} min left`;
}

/** .2284 -> «22.8 %» */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
