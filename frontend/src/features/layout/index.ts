/** t-SNE and UMAP, shown while they run. */
import type { Feature } from "../feature";
import { layoutCommands } from "./commands";
import { runsElsewhere } from "./elsewhere";
import { LayoutController } from "./follow";
import "./reading_guide";
import "./tsne_panel";
import "./umap_panel";

export const feature: Feature = {
  start: ({ store, client, tasks, presence, coordinates }) => {
    const controller = new LayoutController(store, client, tasks, presence, coordinates);
    return {
      runLayout: () => controller.run(),
      pauseLayout: () => controller.pause(),
      resumeLayout: () => controller.resume(),
      stopLayout: () => controller.stop(),
      perturbLayout: () => controller.perturb(),
      toggleLayout: () => controller.toggle(),
    };
  },
  commands: (_store, actions) => [{ name: "Projection", commands: layoutCommands(actions) }],
  panels: [{ slot: "status", element: "layout-elsewhere", when: runsElsewhere }],
  projections: [
    {
      method: "tsne",
      text: "t-SNE",
      words: "t-SNE",
      command: "tsne",
      element: "tsne-controls",
      guide: "reading-guide",
    },
    {
      method: "umap",
      text: "UMAP",
      words: "UMAP",
      command: "umap",
      element: "umap-controls",
      guide: "reading-guide",
    },
  ],
};
