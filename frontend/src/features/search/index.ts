/** Search by text, expression or whole cell. */
import { html } from "lit";
import type { Feature } from "../feature";
import { searchCommands } from "./commands";
import { keepSearching } from "./follow";
import "./match_list";
import "./panel";

export const search: Feature = {
  start: ({ store, picture, actions, focus }) => ({
    ...keepSearching(store, picture, actions),
    focusSearch: () => focus("search-field"),
  }),
  commands: (store, actions) => [{ name: "Find", commands: searchCommands(store, actions) }],
  panels: [
    {
      place: "inspector",
      render: ({ store, actions }) => html`<search-field .store=${store} .actions=${actions}></search-field>`,
    },
    {
      ...{ place: "list", list: "matches" },
      render: ({ store, actions }) => html`<match-list .store=${store} .actions=${actions}></match-list>`,
    },
  ],
};
