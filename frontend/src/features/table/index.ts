/** The table below the picture, and the filters that it shares with the legend. */
import type { Feature } from "../feature";
import { TABLE_KEYS, tableCommands } from "./commands";
import { followTable, makeTableActions } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store, tasks, focus }) => {
    followTable(store, tasks);
    return makeTableActions(store, focus);
  },
  commands: (store, actions) => [
    { name: "Table", commands: tableCommands(store, actions) },
    { name: "In the table", commands: [], elementKeys: TABLE_KEYS },
  ],
  panels: [{ slot: "table", element: "point-table" }],
};
