/** How far the picture on the screen can be believed. */
import { html } from "lit";
import type { Feature } from "../feature";
import { Measuring } from "./follow";
import "./panel";

export const quality: Feature = {
  start: ({ store, client, tasks, presence }) => {
    const measuring = new Measuring(store, client, tasks, presence);
    tasks.handle("quality", { retry: () => measuring.measure() });
    return { measureQuality: () => measuring.measure() };
  },
  panels: [
    {
      place: "projection",
      render: ({ store, actions }) => html`<quality-section .store=${store} .actions=${actions}></quality-section>`,
    },
  ],
};
