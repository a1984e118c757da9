/** Appearance of the picture, independent of its content. */
import type { Feature } from "../feature";
import { drawingCommands } from "./commands";
import "./panel";
import { followSequences } from "./sequences";

export const feature: Feature = {
  start: ({ store }) => {
    followSequences(store);
    return {};
  },
  commands: (store) => [{ name: "Drawing", commands: drawingCommands(store) }],
  panels: [
    { slot: "toolbar-drawing", command: "labels", icon: "label", pressed: ({ showLabels }) => showLabels },
    {
      slot: "toolbar-drawing",
      command: "images",
      icon: "image",
      pressed: ({ showImages }) => showImages,
      when: ({ sprite }) => sprite !== null,
    },
    { slot: "toolbar-drawing", element: "drawing-menu" },
  ],
};
