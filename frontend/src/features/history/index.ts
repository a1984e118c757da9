/** Undo and redo of all changes. */
import type { Feature } from "../feature";
import { historyCommands } from "./commands";
import { keepHistory } from "./follow";
import "./panel";

export const history: Feature = {
  start: ({ store }) => keepHistory(store),
  commands: (store, actions) => [{ name: "Selection", commands: historyCommands(store, actions) }],
  panels: [{ place: "toolbar-history", element: "history-buttons" }],
};
