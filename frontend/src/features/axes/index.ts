/** Custom axes, each between the results of two searches. */
import type { Feature } from "../feature";
import { axesCommands } from "./commands";
import { ProjectingAxes } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, tasks, presence, coordinates }) => {
    const axes = new ProjectingAxes(store, client, tasks, presence, coordinates);
    tasks.handle("axes", { retry: () => axes.project() });
    tasks.handle("axisSearches", { canceled: () => axes.reportCanceled() });
    return { projectAxes: () => axes.project() };
  },
  commands: (_store, actions) => [{ name: "Projection", commands: axesCommands(actions) }],
  projections: [
    {
      method: "axes",
      text: "Axes",
      words: "Custom axes",
      command: "custom-axes",
      element: "axes-controls",
    },
  ],
};
