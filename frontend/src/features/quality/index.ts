/** Quality of a projection: measured on request, for the current one. */
import type { Feature } from "../feature";
import { qualityCommands } from "./commands";
import { Measuring } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, tasks, presence }) => {
    const measuring = new Measuring(store, client, tasks, presence);
    tasks.handle("quality", { retry: () => measuring.measure() });
    return { measureQuality: () => measuring.measure() };
  },
  commands: (_store, actions) => [{ name: "Projection", commands: qualityCommands(actions) }],
  panels: [{ slot: "projection", element: "quality-section" }],
};
