/** Keeps the view in the URL. */
import type { Feature } from "../feature";
import { syncAddress } from "./follow";
import "./note";

export const address: Feature = {
  start: ({ store }) => {
    syncAddress(store);
    return {};
  },
  panels: [{ place: "picture", element: "address-note" }],
};
