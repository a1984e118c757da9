/** Columns as colors, sizes and images of points. */
import { html } from "lit";
import type { Feature } from "../feature";
import { coloringCommands, columnCommands } from "./commands";
import { keepLegends } from "./follow";
import { keepImages } from "./image_sheet";
import "./legend";
import "./panel";

export const coloring: Feature = {
  start: ({ store, client, tasks, colors }) => {
    keepImages(store, client, tasks);
    keepLegends(store, colors);
    return {};
  },
  commands: (store) => [{ name: "Page", commands: coloringCommands(store) }],
  dataCommands: columnCommands,
  panels: [
    {
      place: "columns",
      render: ({ store, actions }) => html`<column-choices .store=${store} .actions=${actions}></column-choices>`,
    },
    {
      place: "picture",
      render: ({ store, actions }) => html`<picture-legend .store=${store} .actions=${actions}></picture-legend>`,
    },
  ],
};
