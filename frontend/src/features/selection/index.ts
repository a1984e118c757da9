/** Selecting points individually, by area or from a list; and isolating them. */
import type { Feature } from "../feature";
import { AreaSelecting } from "./area_selecting";
import { clear } from "./clearing";
import { DRAWING_KEYS, HELD_KEYS, selectionCommands } from "./commands";
import { makeIsolating } from "./isolating";
import "./panel";
import { makeSelecting } from "./selecting";
import "./subset_trail";
import "./tool_choice";

export const feature: Feature = {
  start: ({ store, client, tasks, on, focus }) => {
    const areas = new AreaSelecting(store);
    const selecting = makeSelecting(store);
    const isolating = makeIsolating(store, client, tasks);
    on.onClick = (row, event) => selecting.clickPoint(row, event.shiftKey || event.ctrlKey || event.metaKey);
    on.onArea = (event) => areas.handle(event);
    const openTagForm = () => {
      store.set({ tagging: true, rightOpen: true });
      void focus("selection-section");
    };
    return { ...selecting, ...isolating, openTagForm, clear: () => clear(store, isolating.leaveSubset) };
  },
  commands: (store, actions) => [
    { name: "Selection", commands: selectionCommands(store, actions), elementKeys: DRAWING_KEYS },
    { name: "Held while selecting", commands: [], elementKeys: HELD_KEYS },
  ],
  panels: [
    { slot: "toolbar-tools", element: "tool-choice" },
    { slot: "inspector", element: "selection-section" },
    { slot: "picture", element: "subset-trail" },
  ],
};
