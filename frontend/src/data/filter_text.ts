/**
 * Filters in URL form: «kind:~:part», «age:..:3..», «word:=:cat:dog», comma-separated. Every part is percent-encoded,
 * including colons and commas; a missing value is an empty part after «=», an empty text is «""».
 */
import type { Filter } from "./filters";

const EMPTY = '""';

export function writeFilters(filters: readonly Filter[]): string {
  return filters.map(writeFilter).join(",");
}

function writeFilter(filter: Filter): string {
  if (filter.kind === "contains") return join(filter.column, "~", filter.text);
  if (filter.kind === "range") return join(filter.column, "..", `${filter.min ?? ""}..${filter.max ?? ""}`);
  return join(filter.column, filter.isExcluding ? "!" : "=", ...filter.values.map((value) => writeValue(value)));
}

function join(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join(":");
}

function writeValue(value: string | null): string {
  return value === null ? "" : value === "" ? EMPTY : value;
}

/** Undefined if any part is invalid. */
export function readFilters(text: string): readonly Filter[] | undefined {
  if (text === "") return [];
  try {
    const filters = text.split(",").map((one) => readFilter(one.split(":").map(decodeURIComponent)));
    const columns = new Set(filters.map((filter) => filter?.column));
    return filters.every((filter) => filter !== null) && columns.size === filters.length ? filters : undefined;
  } catch {
    return undefined; // An invalid percent escape.
  }
}

function readFilter([column, kind, ...parts]: readonly string[]): Filter | null {
  if (column === undefined || parts.length === 0) return null;
  if (kind === "~") return parts.length === 1 ? { kind: "contains", column, text: parts[0]! } : null;
  if (kind === "..") return parts.length === 1 ? readRange(column, parts[0]!) : null;
  if (kind !== "=" && kind !== "!") return null;
  const values = parts.map((part) => (part === "" ? null : part === EMPTY ? "" : part));
  return { kind: "values", column, values, isExcluding: kind === "!" };
}

function readRange(column: string, text: string): Filter | null {
  const [min, max, more] = text.split("..").map((end) => (end === "" ? null : Number(end)));
  if (min === undefined || max === undefined || more !== undefined) return null;
  return Number.isNaN(min) || Number.isNaN(max) ? null : { kind: "range", column, min, max };
}
