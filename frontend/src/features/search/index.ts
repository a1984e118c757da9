/** Search by text, expression or whole cell. */
import type { Feature } from "../feature";
import { FIELD_KEYS, searchCommands } from "./commands";
import { followSearch } from "./follow";
import "./match_list";
import "./panel";

export const feature: Feature = {
  start: ({ store, picture, tasks, actions, focus }) => ({
    ...followSearch(store, picture, tasks, actions),
    focusSearch: () => focus("search-field"),
  }),
  commands: (_store, actions) => [
    { name: "Find", commands: searchCommands(actions) },
    { name: "In the search field", commands: [], elementKeys: FIELD_KEYS },
  ],
  panels: [
    { slot: "inspector", element: "search-field" },
    { slot: "list", list: "matches", words: "Matches", count: ({ matches }) => matches?.length, element: "match-list" },
  ],
};
