/** Filters in words: «label 8», «year 1990 to 1999», «kind not noun», «word with «king»». */
import { type Column, findColumn } from "./column";
import { type Filter, valueName } from "./filters";
import { formatNumber, plural } from "./format";

/** Maximum number of values listed per filter. */
const MAX_NAMED = 3;

export function filterWords(filters: readonly Filter[], columns: readonly Column[]): string {
  return filters.map((filter) => `${filter.column} ${conditionWords(filter, columns)}`).join(", ");
}

function conditionWords(filter: Filter, columns: readonly Column[]): string {
  if (filter.kind === "contains") return `with «${filter.text}»`;
  if (filter.kind === "range") return rangeWords(filter.min, filter.max);
  const column = findColumn(columns, filter.column);
  const first = filter.values.slice(0, MAX_NAMED);
  const named = first.map((value) => (value === null ? "no value" : valueName(column, value)));
  const beyond = filter.values.length - named.length;
  const values = [...named, ...(beyond > 0 ? [plural(beyond, "other")] : [])].join(" or ");
  return filter.isExcluding ? `not ${values}` : values;
}

function rangeWords(min: number | null, max: number | null): string {
  if (min === null) return max === null ? "any" : `up to ${formatNumber(max)}`;
  return max === null ? `from ${formatNumber(min)}` : `${formatNumber(min)} to ${formatNumber(max)}`;
}
