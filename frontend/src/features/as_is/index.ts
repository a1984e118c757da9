/** Dimensions and columns, drawn as they are. */
import { html } from "lit";
import type { Feature } from "../feature";
import { ReadingAsIs } from "./follow";
import "./panel";

export const asIs: Feature = {
  start: ({ store, client, tasks, coordinates }) => {
    const asIs = new ReadingAsIs(store, client, tasks, coordinates);
    tasks.handle("dimensions", { retry: () => asIs.read() });
    return {};
  },
  projections: [
    {
      ...{ method: "as_is", text: "As is", words: "Dimensions or columns as they are", command: "as-is" },
      render: ({ store, actions }) => html`<as-is-controls .store=${store} .actions=${actions}></as-is-controls>`,
    },
  ],
};
