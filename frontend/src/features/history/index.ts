/** Undo and redo of the view. */
import type { Feature } from "../feature";
import { historyCommands } from "./commands";
import { followHistory } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store }) => followHistory(store),
  commands: (_store, actions) => [{ name: "Selection", commands: historyCommands(actions) }],
  panels: [{ slot: "toolbar-history", element: "history-buttons" }],
};
