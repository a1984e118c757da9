/** A column as classes, for what needs a number a class: colors, supervision. */
import type { Column } from "./column";

export interface Classes {
  /** Of each row: the place of its class in `texts`; -1 where the file has nothing. */
  readonly codes: Int32Array;
  readonly texts: readonly string[];
}

/** Texts have codes already; numbers get them in rising order. */
export function classesOf(column: Column): Classes {
  if (column.kind === "text") return { codes: column.codes, texts: column.dictionary.all() };
  const distinct = [...new Set(column.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const codeOf = new Map(distinct.map((value, code) => [value, code]));
  const codes = Int32Array.from(column.values, (value) => codeOf.get(value) ?? -1);
  return { codes, texts: distinct.map(String) };
}
