/** Effect of clicks on a legend's value on the column's filter: first only this value, then all but it, then all. */
import type { Filter, ValuesFilter } from "./filters";

/** Display state of a legend's value: unfiltered, explicitly included, or excluded. */
export type Standing = "plain" | "only" | "muted";

export function standingOf(filter: Filter | null, value: string | null): Standing {
  if (filter?.kind !== "values") return "plain";
  const isNamed = filter.values.includes(value);
  if (filter.isExcluding) return isNamed ? "muted" : "plain";
  return isNamed ? "only" : "muted";
}

/** The filter after a click on `value`; null: no filter. */
export function clickedFilter(filter: Filter | null, column: string, value: string | null): ValuesFilter | null {
  const values = filter?.kind === "values" ? filter.values : [];
  const isExcluding = filter?.kind === "values" && filter.isExcluding;
  const isNamed = values.includes(value);
  if (filter?.kind !== "values") return named(column, [value], false);
  if (!isNamed) return named(column, [...values, value], isExcluding);
  const others = values.filter((one) => one !== value);
  if (others.length > 0) return named(column, others, isExcluding);
  return isExcluding ? null : named(column, [value], true);
}

function named(column: string, values: readonly (string | null)[], isExcluding: boolean): ValuesFilter {
  return { kind: "values", column, values, isExcluding };
}
