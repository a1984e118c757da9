/** The hovered point, and the card of the selected one. */
import type { Feature } from "../feature";
import "./hover_card";
import { makeMediaFiles } from "./media_files";
import "./panel";
import { followScreenNeighbors } from "./screen_neighbors";

export const feature: Feature = {
  start: ({ store, client, on }) => {
    on.onHover = (row, at) => store.set({ hover: row === null ? null : { row, ...at } });
    followScreenNeighbors(store);
    return makeMediaFiles(store, client);
  },
  panels: [
    { slot: "inspector", when: ({ row }) => row !== null, element: "point-card" },
    { slot: "picture", element: "hover-card" },
  ],
};
