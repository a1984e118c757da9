/** Dimensions and columns, drawn as they are. */
import type { Feature } from "../feature";
import { ReadingAsIs } from "./follow";
import "./panel";

export const feature: Feature = {
  start: ({ store, client, tasks, presence, coordinates }) => {
    const asIs = new ReadingAsIs(store, client, tasks, presence, coordinates);
    tasks.handle("dimensions", { retry: () => asIs.read() });
    return {};
  },
  projections: [
    {
      method: "as_is",
      text: "As is",
      words: "Dimensions or columns as they are",
      command: "as-is",
      element: "as-is-controls",
    },
  ],
};
