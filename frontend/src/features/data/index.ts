/** The run, tensor and step shown, and its metadata. */
import { choosableRuns } from "../../data/runs";
import type { Feature } from "../feature";
import { dataCommands, goToCommands } from "./commands";
import { makeDropping } from "./dropping";
import { followMetadata, makeMetadataEditing } from "./editing";
import { Loading } from "./follow";
import "./metadata_section";
import "./panel";
import "./unshown_run";
import { makeUploading } from "./uploads";

export const feature: Feature = {
  start: ({ store, client, tasks, actions }) => {
    const loading = new Loading(store, client, tasks, actions);
    followMetadata(store);
    return {
      loadRuns: (first) => loading.loadRuns(first),
      reload: () => loading.reload(),
      ...makeUploading(store, client, tasks, actions),
      ...makeDropping(store, actions),
      ...makeMetadataEditing(store),
    };
  },
  commands: (store, actions) => [{ name: "Data", commands: dataCommands(store, actions) }],
  dataCommands: goToCommands,
  panels: [
    { slot: "data", element: "data-panel" },
    { slot: "empty-page-head", element: "unshown-run", when: ({ runs }) => choosableRuns(runs).length > 0 },
    { slot: "empty-page", element: "metadata-section" },
  ],
};
