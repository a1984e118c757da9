/** Notes on a selection or a sum go with the data that they are about. */
import { expect, it } from "vitest";
import type { Embedding, Runs } from "../../../src/data/runs";
import { Loading } from "../../../src/features/data/follow";
import type { Actions } from "../../../src/state/actions";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";

const STEPS = [1, 2].map((step) => ({ step, version: `${step}`, shape: [3, 2] }));
const EMBEDDING = { name: "e", steps: STEPS, sprite: null, metadata: null } as unknown as Embedding;
const RUNS: Runs = {
  ...{ version: "1", scan: { done: true } as Runs["scan"], problems: [] },
  runs: ["a", "b"].map((name) => ({ name, embeddings: [EMBEDDING] })),
};

it("stay at another step of the same points, and end with another run", () => {
  const store = new Store();
  const actions = { loadProjection: async () => {} } as unknown as Actions;
  new Loading(store, new FakeClient({}), new Tasks(store, () => {}), actions);
  store.set({ runs: RUNS, run: "a", step: 1 });
  store.set({ selectionNote: "Nothing is selected.", termsNote: "No point is labeled «x»." });
  const notes = () => [store.state.selectionNote, store.state.termsNote];
  store.set({ step: 2 });
  expect(notes()).toEqual(["Nothing is selected.", "No point is labeled «x»."]);
  store.set({ run: "b" });
  expect(notes()).toEqual([null, null]);
});
