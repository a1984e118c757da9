/** Effect of clicks in a legend on the column's filter: first only this value, then all but it, then all. */
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

/**
 * The same for all values without a color of their own, which are not among `colored` (null among these stands for missing
 * values): shown alone, then muted, then as all others.
 */
export function standingOfOthers(filter: Filter | null, colored: readonly (string | null)[]): Standing {
  if (filter?.kind !== "values" || !haveSameValues(filter.values, colored)) return "plain";
  return filter.isExcluding ? "only" : "muted";
}

export function clickedOthers(
  filter: Filter | null,
  column: string,
  colored: readonly (string | null)[],
): ValuesFilter | null {
  const standing = standingOfOthers(filter, colored);
  return standing === "muted" ? null : named(column, colored, standing === "plain");
}

function haveSameValues(values: readonly (string | null)[], others: readonly (string | null)[]): boolean {
  return values.length === others.length && values.every((value) => others.includes(value));
}

function named(column: string, values: readonly (string | null)[], isExcluding: boolean): ValuesFilter {
  return { kind: "values", column, values, isExcluding };
}
