/** The metadata search: query, mode, column and matches. */

import { choice, flag, held, optionalName, type Part, words } from "../../data/field";
import type { Combine } from "../../data/row_sets";
import { QUERY_MODES, type QueryMode } from "../../data/search";

interface SearchState {
  query: string;
  /** A column's name; null: the label column. "": all. */
  searchIn: string | null;
  searchMode: QueryMode;
  matchCase: boolean;
  /** Matching rows, ascending; null: no query, or no result yet. */
  matches: Int32Array | null;
}

export const SEARCH: Part<SearchState, SearchActions, "search"> = {
  fields: {
    query: words("", "search"),
    searchIn: optionalName("column to search in"),
    searchMode: choice<QueryMode>("text", QUERY_MODES, "kind of search"),
    matchCase: flag(false, "matching of case"),
    matches: held(null),
  },
  tasks: ["search"],
};

export interface SearchActions {
  /** Focuses the search field. */
  focusSearch(): void;
  /** Prepares a search that is likely to come: its first key then finds as quickly as the next ones. */
  prepareSearch(): void;
  /** Selects the match after (1) or before (-1) the selected point, wrapping around. */
  walkMatches(by: 1 | -1): void;
  /** Selects the matches, adds them to the selection, or removes them. */
  selectMatches(combine?: Combine): void;
}
