/** Keeps the view in the URL. */
import type { Feature } from "../feature";
import { syncAddress } from "./follow";
import "./note";

export const feature: Feature = {
  start: ({ store, actions }) => {
    syncAddress(store, actions);
    return {};
  },
  panels: [{ slot: "picture", element: "address-note" }],
};
