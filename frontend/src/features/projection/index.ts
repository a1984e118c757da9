/** Which projection is shown, and in how many dimensions. */
import type { Feature } from "../feature";
import { projectionCommands } from "./commands";

export const projection: Feature = {
  commands: (store) => [{ name: "Picture", commands: projectionCommands(store) }],
};
