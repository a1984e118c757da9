/** The sentence at the bottom of the page. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, wordsOf } from "../dom";
import { layoutStatus } from "../features/projection_state";
import { settled } from "../settled";
import { dataState, mountPage } from "./mounted_page";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
});
afterEach(() => page.remove());

it("has the layout that runs out of sight, with buttons that pause and end it", async () => {
  store.set({ ...dataState(), method: "tsne" });
  store.set({ layout: layoutStatus(store.state) });
  await settled();
  const bar = () => wordsOf(all("status-bar")[0]!);
  expect(bar()).not.toContain("t-SNE:");
  store.set({ method: "pca" });
  await settled();
  expect(bar()).toContain("t-SNE: 412 iterations · 58 per second · KL 1.83");
  for (const [name, action] of [
    ["Pause", actions.pauseLayout],
    ["Stop", actions.stopLayout],
  ] as const) {
    button(name).click();
    expect(action, name).toHaveBeenCalledOnce();
  }
  store.set({ layout: layoutStatus(store.state, { phase: "paused" }) });
  await settled();
  expect(bar()).not.toContain("t-SNE:");
});

it("is as large as other small text, in lines of which two have room", async () => {
  store.set(dataState());
  await settled();
  const sentence = all("[role=status]").find((one) => one.textContent!.startsWith("Showing all 3 points"))!;
  const { fontSize, lineHeight } = getComputedStyle(sentence);
  const small = all(".small:not([role=status])")[0]!;
  expect([fontSize, lineHeight]).toEqual([getComputedStyle(small).fontSize, "14px"]);
  expect(fontSize).toBe("13px");
});
