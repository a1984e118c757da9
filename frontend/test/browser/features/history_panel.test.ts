/** The buttons that undo and redo, on a real history. */
import { beforeEach, expect, it } from "vitest";
import type { Context } from "../../../src/features/feature";
import { feature as history } from "../../../src/features/history";
import type { Store } from "../../../src/state/store";
import { button } from "../dom";
import { dataState, mountPage } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;

beforeEach(async () => {
  const { store: mounted, actions } = await mountPage();
  store = mounted;
  store.set(dataState());
  Object.assign(actions, history.start!({ store, actions } as unknown as Context));
  await settled();
});

async function select(...rows: number[]): Promise<void> {
  store.set({ selection: Int32Array.from(rows), selectionWords: "by hand" });
  await settled();
}

it("are off while there is nothing to take back", () => {
  expect([button("Undo").disabled, button("Redo").disabled]).toEqual([true, true]);
});

it("name the step that they take back or make again, and do so", async () => {
  await select(1);
  await select(1, 2);
  const undo = button<HTMLButtonElement>(`Undo: ${store.state.undoWords}`);
  expect([undo.disabled, store.state.undoWords.length > 0]).toEqual([false, true]);
  undo.click();
  await settled();
  expect([...store.state.selection!]).toEqual([1]);
  undo.click();
  await settled();
  expect([store.state.selection, undo.disabled]).toEqual([null, true]);
  const redo = button<HTMLButtonElement>(`Redo: ${store.state.redoWords}`);
  redo.click();
  redo.click();
  await settled();
  expect([[...store.state.selection!], redo.disabled, undo.disabled]).toEqual([[1, 2], true, false]);
});
