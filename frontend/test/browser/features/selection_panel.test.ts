/** The selection in the inspector: how many points, where they come from, and its buttons. */
import { beforeEach, expect, it } from "vitest";
import { makeSelecting } from "../../../src/features/selection/selecting";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, wordsOf } from "../dom";
import { dataState, mountPage } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, actions } = await mountPage());
  Object.assign(actions, makeSelecting(store));
  store.set(dataState(5));
  await settled();
});

const words = () => wordsOf(all("selection-section")[0]!.shadowRoot!);
async function set(patch: Parameters<Store["set"]>[0]): Promise<void> {
  store.set(patch);
  await settled();
}

it("is there only while points are selected, and says how they were", async () => {
  expect(words().trim()).toBe("");
  await set({ selection: Int32Array.of(1, 3), selectionWords: "by lasso" });
  expect(words()).toContain("2 selected");
  expect(words()).toContain("by lasso");
  button("Invert").click();
  await settled();
  expect([...store.state.selection!]).toEqual([0, 2, 4]);
  expect(words()).toContain("3 selected");
  button("Clear").click();
  await settled();
  expect([store.state.selection, words().trim()]).toEqual([null, ""]);
});

it("isolates its points, and flies to them", async () => {
  await set({ selection: Int32Array.of(1, 3), selectionWords: "by lasso" });
  button("Isolate").click();
  expect(actions.isolate).toHaveBeenCalledTimes(1);
  button("Fly to").click();
  expect(actions.flyTo).toHaveBeenCalledWith(Int32Array.of(1, 3));
});

it("clears the search where only its matches are selected", async () => {
  await set({ query: "x", matches: Int32Array.of(2) });
  expect(words()).toContain("1 selected");
  all<HTMLButtonElement>("button", all("selection-section")[0]!.shadowRoot!)
    .find(({ textContent }) => textContent?.trim() === "Clear")!
    .click();
  expect(store.state.query).toBe("");
});

it("says why points could not be isolated", async () => {
  await set({ failures: { subset: { message: "The server is gone.", fix: "Start it again." } } });
  expect(words()).toContain("The server is gone. Start it again.");
});
