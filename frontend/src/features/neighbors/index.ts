/** The nearest neighbors of the selected point, and of sums of points: king − man + woman. */
import type { Feature } from "../feature";
import { neighborCommands, POINT_LIST_KEYS, SUM_KEYS, sumCommands } from "./commands";
import { NeighborLoading } from "./follow";
import "./panel";
import { makeSumming } from "./sum_follow";
import "./sum_list";
import "./sum_section";

export const feature: Feature = {
  start: ({ store, client, tasks, actions, focus }) => {
    const loading = new NeighborLoading(store, client, tasks);
    tasks.handle("neighbors", { retry: () => loading.load() });
    return {
      selectNeighbors: (combine = "replace") => loading.select(combine, actions.selectRows),
      ...makeSumming(store, client, tasks),
      focusTerms: () => {
        store.set({ termsOpen: true });
        void focus("sum-section");
      },
    };
  },
  commands: (store, actions) => [
    { name: "Selection", commands: neighborCommands(actions) },
    { name: "Vector arithmetic", commands: sumCommands(store, actions) },
    { name: "In a list of points", commands: [], elementKeys: POINT_LIST_KEYS },
    { name: "In the field of the sum", commands: [], elementKeys: SUM_KEYS },
  ],
  panels: [
    { slot: "inspector", when: ({ terms, termsOpen }) => terms.length > 0 || termsOpen, element: "sum-section" },
    {
      slot: "list",
      list: "neighbors",
      words: "Neighbors",
      count: ({ neighborhood }) => neighborhood?.rows.length,
      element: "neighbor-list",
    },
    {
      slot: "list",
      list: "sum",
      words: "Sum",
      count: ({ sumNeighborhood }) => sumNeighborhood?.rows.length,
      element: "sum-list",
    },
  ],
};
