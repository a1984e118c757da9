/** What is looked for in the metadata, how and where, and what was found. */
import type { Combine } from "../data/row_sets";
import { QUERY_MODES, type QueryMode } from "../data/search";
import { choice, type Field, flag, held, optionalName, words } from "./fields";

export interface SearchState {
  query: string;
  /** A column's name; null: the one that labels. "": all. */
  searchIn: string | null;
  searchMode: QueryMode;
  matchCase: boolean;
  /** The rows found, rising; null: nothing is looked for, or nobody has looked yet. */
  matches: Int32Array | null;
}

export const SEARCH_FIELDS: { readonly [Name in keyof SearchState]: Field<SearchState[Name]> } = {
  query: words(""),
  searchIn: optionalName(),
  searchMode: choice<QueryMode>("text", QUERY_MODES),
  matchCase: flag(false),
  matches: held(null),
};

export interface SearchActions {
  /** Takes the match after (1) or before (-1) the selected point for the selected one; round at the ends. */
  walkMatches(by: 1 | -1): void;
  /** Makes the matches the selection, adds them to it, or takes them out of it. */
  selectMatches(how?: Combine): void;
}
