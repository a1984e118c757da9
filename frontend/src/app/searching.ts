/** Keeps the matches up to date with the query, the columns searched and the data. */

import { findRows, makeMatch, QueryError } from "../data/search";
import { searchedColumns } from "../state/derived";
import type { State } from "../state/state";
import type { Changed, Store } from "../state/store";

const INPUTS: readonly (keyof State)[] = ["query", "regex", "searchIn", "labelBy", "metadata"];

export function keepSearching(store: Store): void {
  store.subscribe((_state, changed: Changed) => {
    if (INPUTS.some((name) => changed.has(name))) search(store);
  });
}

function search(store: Store): void {
  const { query, regex, metadata, failures } = store.state;
  const { search: _old, ...others } = failures;
  if (query === "" || metadata === null) {
    store.set({ matches: null, failures: others });
    return;
  }
  try {
    const matches = findRows(searchedColumns(store.state), makeMatch({ text: query, regex }));
    store.set({ matches, failures: others });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    store.set({ matches: null, failures: { ...others, search: { message: error.message, fix: "" } } });
  }
}
