/** Files of the view: pictures, tables, a self-contained page. */
import type { Feature } from "../feature";
import { savingCommands } from "./commands";
import { makeSaving } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, tasks, picture, colors }) => makeSaving(store, client, tasks, picture, colors),
  commands: (store, actions) => [{ name: "Save", commands: savingCommands(store, actions) }],
  panels: [{ slot: "toolbar-drawing", element: "save-menu" }],
};
