/** The camera, controlled by pointer, by keys and by automatic rotation. */
import type { Feature } from "../feature";
import { followCamera, noteCamera } from "./camera";
import { navigationCommands, PICTURE_KEYS } from "./commands";
import { listenInPicture } from "./picture_keys";
import "./walk_status";
import { makeNavigating } from "./walking";

export const feature: Feature = {
  start: ({ store, picture, actions, on }) => {
    on.onCamera = (camera) => noteCamera(store, camera);
    on.onUserMove = () => store.set({ rotating: false });
    followCamera(store, picture);
    listenInPicture(picture, store, actions);
    return makeNavigating(store, picture);
  },
  commands: (store, actions) => [
    { name: "Picture", commands: navigationCommands(store, actions) },
    { name: "With the picture in focus", commands: [], elementKeys: PICTURE_KEYS },
  ],
  panels: [{ slot: "picture", element: "walk-status" }],
};
