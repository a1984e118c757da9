/** The layout that runs while another projection is shown: when it is named, its progress, and its buttons. */
import { beforeEach, expect, it } from "vitest";
import { LayoutElsewhere, runsElsewhere } from "../../../src/features/layout/elsewhere";
import { all, button } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState, layoutStatus } from "./projection_state";

let elsewhere: Mounted;

beforeEach(async () => {
  elsewhere = await mountPanel(new LayoutElsewhere(), { ...dataState(), method: "pca" });
});

it("is named while it runs and neither its picture nor its controls are shown", () => {
  const { state } = elsewhere.store;
  const running = { ...state, layout: layoutStatus(state) };
  expect(runsElsewhere(state)).toBe(false);
  expect(runsElsewhere(running)).toBe(true);
  expect(runsElsewhere({ ...running, method: "umap" })).toBe(true);
  expect(runsElsewhere({ ...running, method: "tsne" })).toBe(false);
  for (const phase of ["paused", "ended"] as const) {
    expect(runsElsewhere({ ...state, layout: layoutStatus(state, { phase }) }), phase).toBe(false);
  }
});

it("says which it is, and how far", async () => {
  expect(elsewhere.words().trim()).toBe("");
  await elsewhere.show({ layout: layoutStatus(elsewhere.store.state) });
  expect(elsewhere.words()).toContain("t-SNE: 412 iterations · 58 per second · KL 1.83");
  await elsewhere.show({ layout: layoutStatus(elsewhere.store.state, { of: "umap", iteration: 20, iterations: 200 }) });
  expect(elsewhere.words()).toContain("UMAP: 20 of 200");
  expect(all(".clip")[0]!.title).toMatch(/^UMAP goes on while another projection is shown\. UMAP: 20 of 200/);
});

it("is paused and ended from there", async () => {
  await elsewhere.show({ layout: layoutStatus(elsewhere.store.state) });
  button("Pause").click();
  expect([elsewhere.actions.pauseLayout.mock.calls, elsewhere.actions.stopLayout.mock.calls]).toEqual([[[]], []]);
  button("Stop").click();
  expect(elsewhere.actions.stopLayout.mock.calls).toEqual([[]]);
});
