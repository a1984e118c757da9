/** The progress of a job on the server, as that of the task that waits for it. */
import { expect, it } from "vitest";
import type { Job } from "../../../src/api/jobs";
import { Store } from "../../../src/state/store";
import { followJobs } from "../../../src/work/job_progress";
import type { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";

const JOB: Job = {
  ...{ id: "1", kind: "graph", words: "Neighbors of 9 × 2", state: "running", progress: 0, seconds_left: null },
  ...{ result: "", first: null, error: null },
};

it("says that a job waits for others, and how far it is once it runs", () => {
  const store = new Store();
  const tasks = new Tasks(store, async () => {});
  void tasks.run("graph", "Looking for neighbors", () => new Promise(() => {}));
  const { onProgress } = followJobs("graph", tasks, {} as Presence);
  const seen = [];
  for (const job of [{ ...JOB, state: "queued" as const }, JOB, { ...JOB, progress: 0.25, seconds_left: 6 }]) {
    onProgress(job);
    const { words, progress } = store.state.tasks.graph!;
    seen.push([words, progress]);
  }
  expect(seen).toEqual([
    ["Neighbors of 9 × 2, after others", { share: null, secondsLeft: null }],
    ["Neighbors of 9 × 2", { share: 0, secondsLeft: null }],
    ["Neighbors of 9 × 2", { share: 0.25, secondsLeft: 6 }],
  ]);
});
