/**
 * The embedding that the page opens on stays: neither an error found later nor an earlier run that is repaired takes its
 * place.
 */
import { expect, it } from "vitest";
import type { Embedding, Problem, Runs } from "../../../src/data/runs";
import { Loading } from "../../../src/features/data/follow";
import type { Actions } from "../../../src/state/actions";
import { Store } from "../../../src/state/store";
import type { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";

const NO_TASKS = { handle() {}, cancel() {}, forgive() {}, run: async () => undefined } as unknown as Tasks;
const NO_ACTIONS = { loadProjection: async () => {} } as unknown as Actions;

function runsOf(broken: string[], done = true): Runs {
  const embedding = { name: "e", steps: [{ step: 1, version: "v", shape: [3, 2] }], sprite: null, metadata: null };
  const runs = ["a", "b", "c"].map((name) => ({ name, embeddings: [embedding as unknown as Embedding] }));
  const problems = broken.map((run) => ({ level: "error", run, embedding: "e" }) as Problem);
  return { version: "1", scan: { done } as Runs["scan"], runs, problems };
}

/** The run shown after each of the answers. */
async function shownAfter(...answers: Runs[]): Promise<(string | undefined)[]> {
  const store = new Store();
  new Loading(store, new FakeClient({}), NO_TASKS, NO_ACTIONS);
  const shown: (string | undefined)[] = [];
  for (const runs of answers) {
    store.set({ runs });
    await new Promise((resolve) => setTimeout(resolve));
    shown.push(store.state.shown?.run.name);
  }
  return shown;
}

it("a run found unreadable after it was opened stays, and so does one after which an earlier run is repaired", async () => {
  expect(await shownAfter(runsOf(["a"]), runsOf(["a", "b"]), runsOf([]))).toEqual(["b", "b", "b"]);
});

it("while the logdir is still being looked through, the first one found gives way", async () => {
  expect(await shownAfter(runsOf(["a"], false), runsOf([]))).toEqual(["b", "a"]);
});
