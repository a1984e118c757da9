/** Filters in words: «label 8», «year 1990 to 1999», «kind not noun», «word with «king»». */
import type { Filter } from "./filters";
import { formatNumber, plural } from "./format";

/** Maximum number of values listed per filter. */
const MAX_NAMED = 3;

export function filterWords(filters: readonly Filter[]): string {
  return filters.map((filter) => `${filter.column} ${conditionWords(filter)}`).join(", ");
}

function conditionWords(filter: Filter): string {
  if (filter.kind === "contains") return `with «${filter.text}»`;
  if (filter.kind === "range") return rangeWords(filter.least, filter.most);
  const named = filter.values.slice(0, MAX_NAMED).map((value) => value ?? "no value");
  const beyond = filter.values.length - named.length;
  const values = [...named, ...(beyond > 0 ? [plural(beyond, "other")] : [])].join(" or ");
  return filter.isExcluding ? `not ${values}` : values;
}

function rangeWords(least: number | null, most: number | null): string {
  if (least === null) return most === null ? "any" : `up to ${formatNumber(most)}`;
  return most === null ? `from ${formatNumber(least)}` : `${formatNumber(least)} to ${formatNumber(most)}`;
}
