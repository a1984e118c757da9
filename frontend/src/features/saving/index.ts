/** Files of what is on the screen: pictures, tables, a page that needs no server. */
import type { Feature } from "../feature";
import { savingCommands } from "./commands";
import { makeSaving } from "./follow";
import "./panel";

export const saving: Feature = {
  start: ({ store, client, picture, colors }) => makeSaving(store, client, picture, colors),
  commands: (store, actions) => [{ name: "Save", commands: savingCommands(store, actions) }],
  panels: [{ place: "toolbar-drawing", element: "save-menu" }],
};
