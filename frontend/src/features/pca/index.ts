/** Principal components: the first picture of all data. */
import type { Feature } from "../feature";
import { pcaCommands } from "./commands";
import { ProjectionLoading } from "./follow";
import { downloadLoadings } from "./loadings_file";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, tasks, presence }) => {
    const loading = new ProjectionLoading(store, client, tasks, presence);
    const download = () => downloadLoadings(store, client, tasks, presence);
    tasks.handle("projection", { canceled: () => loading.reportCanceled() });
    tasks.handle("loadings", { retry: download });
    return {
      loadProjection: () => loading.load(),
      loadComponents: () => loading.loadAll(),
      downloadLoadings: download,
    };
  },
  commands: (_store, actions) => [{ name: "Projection", commands: pcaCommands(actions) }],
  projections: [
    {
      method: "pca",
      text: "PCA",
      words: "Principal components",
      command: "pca",
      element: "pca-controls",
    },
  ],
};
