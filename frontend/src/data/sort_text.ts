/** Sort keys in URL form: «kind,-age», with a minus for descending; names are percent-encoded, leading minus too. */
import type { SortKey } from "./sort_rows";

export function writeSort(keys: readonly SortKey[]): string {
  return keys.map(({ column, isDescending }) => `${isDescending ? "-" : ""}${encode(column)}`).join(",");
}

/** Undefined if a name is invalid. */
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

/** A click on a column header: ascending, then descending, then unsorted. With `isAdding`, other keys are kept. */
export function nextSort(keys: readonly SortKey[], column: string, isAdding: boolean): readonly SortKey[] {
  const at = keys.findIndex((key) => key.column === column);
  const key = keys[at];
  const next =
    key === undefined ? { column, isDescending: false } : key.isDescending ? null : { column, isDescending: true };
  if (!isAdding) return next === null ? [] : [next];
  if (at < 0) return [...keys, next!];
  return next === null ? keys.filter((one) => one !== key) : keys.map((one) => (one === key ? next : one));
}
