/** Columns as colors, sizes and images of points. */
import type { Feature } from "../feature";
import { coloringCommands, columnCommands, LEGEND_KEYS } from "./commands";
import { followLegends } from "./follow";
import { followImages } from "./image_sheet";
import "./legend";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, tasks, colors }) => {
    followImages(store, client, tasks);
    followLegends(store, colors);
    return {};
  },
  commands: (store) => [
    { name: "Page", commands: coloringCommands(store) },
    { name: "In the legend", commands: [], elementKeys: LEGEND_KEYS },
  ],
  dataCommands: columnCommands,
  panels: [
    { slot: "columns", element: "column-choices" },
    { slot: "picture", element: "picture-legend" },
  ],
};
