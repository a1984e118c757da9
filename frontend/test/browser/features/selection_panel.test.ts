/** The selection in the inspector: how many points, where they come from, and its buttons. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { makeSelecting } from "../../../src/features/selection/selecting";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { numberColumn, textColumn } from "../../node/data/columns";
import { all, button, field, wordsOf } from "../dom";
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
    .find(({ ariaLabel }) => ariaLabel === "Clear")!
    .click();
  expect(store.state.query).toBe("");
});

it("says why points could not be isolated", async () => {
  await set({ failures: { subset: { message: "The server is gone.", fix: "Start it again." } } });
  expect(words()).toContain("The server is gone. Start it again.");
});

describe("the field for a tag", () => {
  const kind = textColumn("kind", ["b", "a", null, "b", "x".repeat(81)]);
  const year = numberColumn("year", [1990, 2000, 1990, 2000, 1990]);
  const suggested = () => [...field("Value").list!.options].map(({ value }) => value);
  const type = async (label: string, text: string) => {
    await userEvent.fill(field(label), text);
    await settled();
  };

  beforeEach(async () => {
    const columns = [kind, year];
    const metadata = { columns, rows: 5, lines: 5, problems: [] };
    await set({ metadata, selection: Int32Array.of(1, 3), tagging: true });
  });
  afterEach(() => vi.restoreAllMocks());

  it("takes the focus when it is opened, and none from the picture while points are selected anew", async () => {
    const hasFocus = () => field("Value").matches(":focus");
    expect(hasFocus()).toBe(false);
    await set({ selection: null });
    await set({ selection: Int32Array.of(2) });
    expect(hasFocus()).toBe(false);
    button("Tag").click();
    expect(store.state.tagging).toBe(false);
    button("Tag").click();
    expect(actions.openTagForm).toHaveBeenCalledOnce();
    await set({ tagging: true });
    all("selection-section")[0]!.focus();
    await expect.poll(hasFocus).toBe(true);
  });

  it("offers the values of its column, the most frequent first", async () => {
    expect(suggested()).toEqual([]);
    await type("Column", "kind");
    expect(suggested()).toEqual(["b", "a"]);
    await type("Column", "year");
    expect(suggested()).toEqual(["1990", "2000"]);
    const ids = textColumn(
      "id",
      Array.from({ length: 1000 }, (_, row) => `id ${row % 999}`),
    );
    await set({ metadata: { columns: [ids], rows: 1000, lines: 1000, problems: [] } });
    await type("Column", "id");
    expect([suggested()[0], suggested().length]).toEqual(["id 0", 200]);
  });

  it("says how many points have the value that is typed, and counts them once", async () => {
    const counting = vi.spyOn(kind.codes, Symbol.iterator);
    await type("Value", "b");
    expect(words()).not.toContain("this value");
    await type("Column", "kind");
    expect(words()).toContain("2 points have this value already.");
    await type("Value", "a");
    expect(words()).toContain("1 point has this value already.");
    await type("Value", "ab");
    expect(words()).toContain("No point has this value yet.");
    expect(counting).toHaveBeenCalledOnce();
    await type("Value", "");
    expect(words()).not.toContain("this value");
  });
});
