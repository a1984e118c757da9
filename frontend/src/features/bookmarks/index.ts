/** Saved views, including all computed coordinates. */
import type { Feature } from "../feature";
import { bookmarkCommands, LIST_KEYS } from "./commands";
import { makeBookmarking } from "./follow";
import { guardLeaving } from "./leaving";
import "./kept_bookmarks";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, coordinates, actions }) => {
    guardLeaving(store);
    return makeBookmarking(store, client, coordinates, actions);
  },
  commands: (_store, actions) => [
    { name: "Bookmarks", commands: bookmarkCommands(actions) },
    { name: "In the bookmarks", commands: [], elementKeys: LIST_KEYS },
  ],
  panels: [
    { slot: "inspector-foot", element: "bookmarks-panel" },
    {
      ...{ slot: "empty-page-foot", element: "kept-bookmarks" },
      when: ({ bookmarks, bookmarkNotes }) => bookmarks.length + bookmarkNotes.length > 0,
    },
  ],
};
