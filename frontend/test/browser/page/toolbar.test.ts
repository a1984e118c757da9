/** The buttons above the picture: each has the name and the key of its command, and does what the command does. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { Command } from "../../../src/state/command";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all } from "../dom";
import { settled } from "../settled";
import { dataState, mountPage } from "./mounted_page";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
});
afterEach(() => page.remove());

it("has the names and keys of commands, and does what they do", async () => {
  const done: string[] = [];
  actions.commandOf.mockImplementation(
    (id: string): Command => ({ id, words: "", button: `Name of ${id}`, keys: ["X"], run: () => done.push(id) }),
  );
  store.set({ ...dataState(), sprite: null, canUndo: true });
  await settled();
  const buttons = all<HTMLButtonElement>("button").filter((button) => button.ariaLabel?.startsWith("Name of "));
  for (const button of buttons) button.click();
  expect(done).toEqual(["left-panel", "labels", "turn", "reset-view", "keys", "inspector", "bookmark"]);
  expect(buttons.map(({ title, ariaLabel }) => [title, ariaLabel])).toEqual(
    done.map((id) => [`Name of ${id} (X)`, `Name of ${id}`]),
  );
});

it("shows the keys of undo and of what can be saved", async () => {
  store.set({ ...dataState(), canUndo: true, undoWords: "search" });
  await settled();
  const titles = all<HTMLButtonElement>("button").map(({ title }) => title);
  expect(titles).toContain("Undo: search (Ctrl Z)");
  expect(titles).toContain("Save: picture, table, page (S)");
});
