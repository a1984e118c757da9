/** The address bar holds the view. */
import { html } from "lit";
import type { Feature } from "../feature";
import { keepAddress } from "./follow";
import "./note";

export const address: Feature = {
  start: ({ store }) => {
    keepAddress(store);
    return {};
  },
  panels: [
    {
      place: "picture",
      render: ({ store, actions }) => html`<address-note .store=${store} .actions=${actions}></address-note>`,
    },
  ],
};
