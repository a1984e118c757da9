/** A column as class numbers, as needed for colors and supervision. */
import type { Column } from "./column";

export interface Classes {
  /** For each row, the index of its class in `texts`; -1 for missing values. */
  readonly codes: Int32Array;
  readonly texts: readonly string[];
}

/** Texts already have codes; numbers get them in ascending order. */
export function classesOf(column: Column): Classes {
  if (column.kind === "text") return { codes: column.codes, texts: column.dictionary.all() };
  const distinct = [...new Set(column.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const codeOf = new Map(distinct.map((value, code) => [value, code]));
  const codes = Int32Array.from(column.values, (value) => codeOf.get(value) ?? -1);
  return { codes, texts: distinct.map(String) };
}
