/** Escape clears one thing at a time. */
import { expect, it } from "vitest";
import { clear } from "../../../src/features/selection/clearing";
import { makeIsolating } from "../../../src/features/selection/isolating";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";

function pressEscape(store: Store): void {
  const { leaveSubset } = makeIsolating(store, new FakeClient({}), new Tasks(store, async () => {}));
  clear(store, leaveSubset);
}

it("with nothing to clear it changes nothing: an empty step would be undone before the last real one", () => {
  const store = new Store();
  const changes: unknown[] = [];
  store.subscribe((_state, changed) => changes.push([...changed]));
  pressEscape(store);
  expect(changes).toEqual([]);
});

it("clears the filters last, once, after the selection and the isolated points", () => {
  const store = new Store();
  const subset = { name: "s", rows: Int32Array.of(1, 2), words: "by hand" };
  const filters = [{ kind: "range", column: "age", min: 1, max: null }] as const;
  store.set({ filters, selection: Int32Array.of(1), trail: [subset], subset });
  const left = () => [store.state.selection?.length ?? 0, store.state.trail.length, store.state.filters.length];
  const seen = [0, 1, 2].map(() => {
    pressEscape(store);
    return left();
  });
  expect(seen).toEqual([
    [0, 1, 1],
    [0, 0, 1],
    [0, 0, 0],
  ]);
  const { filters: cleared } = store.state;
  pressEscape(store);
  expect(store.state.filters).toBe(cleared);
});

it("leaves one subset after the other, then nothing more", () => {
  const store = new Store();
  const [outer, inner] = ["outer", "inner"].map((name) => ({ name, rows: Int32Array.of(1), words: name }));
  store.set({ trail: [outer!, inner!], subset: inner! });
  pressEscape(store);
  expect([store.state.trail, store.state.subset]).toEqual([[outer], outer]);
  pressEscape(store);
  const { trail, subset } = store.state;
  expect([trail, subset]).toEqual([[], null]);
  pressEscape(store);
  expect(store.state.trail).toBe(trail);
});
