/** Resets what belongs to the previous data: column names, the search and the selected row. */
import type { State } from "./state";

export function switchData(target: Partial<Pick<State, "run" | "embedding" | "step">>): Partial<State> {
  const table = { filters: [], tableSort: [], tableOrder: [], tableHidden: [] } satisfies Partial<State>;
  const columns = {
    ...{ labelBy: null, importanceBy: null, colorBy: null, colorChoices: [] },
    ...{ sizeBy: null, imageBy: null, searchIn: null },
  };
  return { ...target, ...table, ...columns, row: null, query: "", terms: [] };
}
