/** The camera, controlled by pointer, by keys and by automatic rotation. */
import { chosenDimensions, drawnDimensions, isFlatLayout } from "../../state/derived";
import type { State } from "../../state/state";
import { wantsLessMotion } from "../../view/tween";
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
  panels: [
    { slot: "picture", element: "walk-status" },
    {
      slot: "toolbar-drawing",
      command: "turn",
      icon: "rotate",
      pressed: (state) => state.rotating && drawnDimensions(state) === 3,
      when: (state) => chosenDimensions(state) === 3,
      whyOff,
    },
    { slot: "toolbar-drawing", command: "reset-view", icon: "reset" },
  ],
};

function whyOff(state: Readonly<State>): string | null {
  if (wantsLessMotion()) return "off, because your system asks for less motion";
  return isFlatLayout(state) ? "off, because this picture was computed in 2-D" : null;
}
