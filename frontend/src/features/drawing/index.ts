/** How the picture is drawn, whatever it shows. */
import { html } from "lit";
import type { Feature } from "../feature";
import { drawingCommands } from "./commands";
import "./panel";
import { keepSequences } from "./sequences";

export const drawing: Feature = {
  start: ({ store }) => {
    keepSequences(store);
    return {};
  },
  commands: (store) => [{ name: "Drawing", commands: drawingCommands(store) }],
  panels: [
    {
      place: "toolbar-drawing",
      render: ({ store, actions }) => html`<drawing-menu .store=${store} .actions=${actions}></drawing-menu>`,
    },
  ],
};
