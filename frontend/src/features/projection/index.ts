/** The projection shown, and its number of dimensions. */
import type { Feature } from "../feature";
import { projectionCommands } from "./commands";
import "./dimensions_switch";

export const feature: Feature = {
  commands: (store) => [{ name: "Picture", commands: projectionCommands(store) }],
  panels: [{ slot: "toolbar-dimensions", element: "dimensions-switch" }],
};
