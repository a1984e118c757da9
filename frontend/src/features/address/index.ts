/** Keeps the view in the URL. */
import type { Feature } from "../feature";
import { keepAddress } from "./follow";
import "./note";

export const address: Feature = {
  start: ({ store }) => {
    keepAddress(store);
    return {};
  },
  panels: [{ place: "picture", element: "address-note" }],
};
