/** The columns that a view names, which may not be there. */
import { type Column, findColumn } from "../data/column";
import type { State } from "./state";

/** Fields that name one column. */
export const OF_COLUMN = [
  "labelBy",
  "importanceBy",
  "colorBy",
  "searchIn",
  "superviseBy",
  "sizeBy",
  "imageBy",
] as const;
/** Fields that list what is set for columns. */
export const OF_COLUMNS = ["filters", "tableSort", "colorChoices"] as const;
/** Prefix of the names of the table's own columns, such as the row's number. */
const OWN = "@";

export interface NamedColumn {
  readonly field: (typeof OF_COLUMN)[number] | (typeof OF_COLUMNS)[number];
  readonly name: string;
}

export function isColumnHere(columns: readonly Column[], name: string): boolean {
  return name.startsWith(OWN) || findColumn(columns, name) !== null;
}

/** The names that none of the columns has, each with the field that uses it. */
export function missingColumns(view: Partial<State>, columns: readonly Column[]): NamedColumn[] {
  const single = OF_COLUMN.map((field) => ({ field, name: view[field] ?? "" }));
  const listed = OF_COLUMNS.flatMap((field) => (view[field] ?? []).map(({ column }) => ({ field, name: column })));
  return [...single, ...listed].filter(({ name }) => name !== "" && !isColumnHere(columns, name));
}
