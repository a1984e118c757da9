/** Sort keys as an address holds them: «kind,-age», a minus for falling; names percent-encoded, a minus of their own too. */
import type { SortKey } from "./sort_rows";

export function writeSort(keys: readonly SortKey[]): string {
  return keys.map(({ column, isDescending }) => `${isDescending ? "-" : ""}${encode(column)}`).join(",");
}

/** Undefined when a name does not read. */
export function readSort(text: string): readonly SortKey[] | undefined {
  if (text === "") return [];
  try {
    return text.split(",").map((key) => {
      const isDescending = key.startsWith("-");
      return { column: decodeURIComponent(isDescending ? key.slice(1) : key), isDescending };
    });
  } catch {
    return undefined;
  }
}

function encode(name: string): string {
  return encodeURIComponent(name).replace(/-/g, "%2D");
}

/** A click on a column's head: rising, then falling, then not sorted. With `isAdding` the other keys stay. */
export function nextSort(keys: readonly SortKey[], column: string, isAdding: boolean): readonly SortKey[] {
  const at = keys.findIndex((key) => key.column === column);
  const key = keys[at];
  const next =
    key === undefined ? { column, isDescending: false } : key.isDescending ? null : { column, isDescending: true };
  if (!isAdding) return next === null ? [] : [next];
  if (at < 0) return [...keys, next!];
  return next === null ? keys.filter((one) => one !== key) : keys.map((one) => (one === key ? next : one));
}
