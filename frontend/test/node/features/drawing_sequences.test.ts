/** The lines of sequences follow the metadata that is shown, whether its columns come from a file or from tags. */
import { beforeEach, expect, it } from "vitest";
import type { Column } from "../../../src/data/column";
import { followMetadata } from "../../../src/features/data/editing";
import { followSequences } from "../../../src/features/drawing/sequences";
import { Store } from "../../../src/state/store";
import { numberColumn, textColumn } from "../data/columns";
import { shownOf } from "./shown_data";

const NEXT = numberColumn("__next__", [1, 2, null, 0]);

let store: Store;

beforeEach(() => {
  store = new Store();
  followMetadata(store);
  followSequences(store);
  store.set({ shown: shownOf(4) });
});

function read(...columns: Column[]): void {
  const { rows } = columns[0]!;
  store.set({ fileMetadata: { columns, rows, lines: rows, problems: [] } });
}

const pairs = () => store.state.sequences && [...store.state.sequences.pairs];

it("come with their column, and go with it", () => {
  expect(pairs()).toBeNull();
  read(NEXT);
  expect(pairs()).toEqual([0, 1, 1, 2, 3, 0]);
  read(textColumn("word", ["a", "b", "c", "d"]));
  expect(pairs()).toBeNull();
  read(NEXT);
  store.set({ fileMetadata: null });
  expect(pairs()).toBeNull();
});

it("join the rows of the tensor, not those that the file has besides", () => {
  store.set({ shown: shownOf(2) });
  read(NEXT);
  expect(pairs()).toEqual([0, 1]);
  expect(store.state.sequences).toMatchObject({ bad: 1, firstBad: { row: 1, text: "2" } });
});

it("follow tags on their column, and go back with them", () => {
  read(NEXT);
  store.set({ tags: [{ column: "__next__", value: "3", rows: Int32Array.of(2) }] });
  expect(pairs()).toEqual([0, 1, 1, 2, 2, 3, 3, 0]);
  store.set({ tags: [] });
  expect(pairs()).toEqual([0, 1, 1, 2, 3, 0]);
});

it("stay the same array at any other change, so that nothing is uploaded twice", () => {
  read(NEXT);
  const { sequences } = store.state;
  store.set({ row: 1, colorBy: "__next__", pointSize: 9, shown: shownOf(4), dimensions: 2 });
  expect(store.state.sequences).toBe(sequences);
});
