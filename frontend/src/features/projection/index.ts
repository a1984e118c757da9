/** The projection shown, and its number of dimensions. */
import type { Feature } from "../feature";
import { projectionCommands } from "./commands";

export const feature: Feature = {
  commands: (store) => [{ name: "Picture", commands: projectionCommands(store) }],
};
