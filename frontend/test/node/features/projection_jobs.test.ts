/** Projections that are jobs of the server: their progress, their cancel, and the user who leaves. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Job, JobWatch } from "../../../src/api/jobs";
import type { Projection } from "../../../src/data/projection";
import type { Shown } from "../../../src/data/runs";
import { ProjectingAxes } from "../../../src/features/axes/follow";
import { ProjectionLoading } from "../../../src/features/pca/follow";
import { downloadLoadings } from "../../../src/features/pca/loadings_file";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { TaskName } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import type { Presence } from "../../../src/work/presence";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";

const SHOWN = {
  run: { name: "train" },
  embedding: { name: "words" },
  step: { step: 1, version: "1", shape: [1_000_000, 128], dtype: "float32", file: "f" },
} as unknown as Shown;
const JOB: Job = {
  ...{ id: "5d", kind: "projection", words: "Computing PCA of 1,000,000 × 128", state: "running", progress: 0.25 },
  ...{ seconds_left: 3, result: "jobs/5d/result", first: null, error: null },
};

let store: Store;
let tasks: Tasks;
/** What the server was asked last: never answered. */
let asked: { watch: JobWatch; signal: AbortSignal };
let start: Record<"projection" | "loadings" | "axes", () => unknown>;
const away = new Promise<void>(() => {});
const presence = { untilPresent: () => away } as unknown as Presence;

beforeEach(() => {
  store = new Store();
  tasks = new Tasks(store, async () => {});
  const wait = (_: unknown, { watch, signal }: typeof asked) => {
    asked = { watch, signal };
    return new Promise(() => {});
  };
  const client = new FakeClient({ "GET projections": wait, "POST projections": wait });
  const loading = new ProjectionLoading(store, client, tasks, presence);
  const axes = new ProjectingAxes(store, client, tasks, presence, new MethodCoordinates(store));
  tasks.handle("projection", { canceled: () => loading.reportCanceled() });
  start = {
    projection: () => loading.load(),
    loadings: () => downloadLoadings(store, client, tasks, presence),
    axes: () => axes.project(),
  };
  store.set({ shown: SHOWN, axes: ["random", "random", "random"].map(randomAxis) as never });
});

function randomAxis(kind: string, seed: number) {
  return { kind, seed };
}

async function begin(task: TaskName): Promise<void> {
  start[task as keyof typeof start]();
  await expect.poll(() => asked).toBeDefined();
}

describe.each(["projection", "loadings", "axes"] as const)("the job of %s", (task) => {
  beforeEach(async () => {
    asked = undefined!;
    await begin(task);
  });

  it("shows how far it is and how long it will take", () => {
    asked.watch.onProgress(JOB);
    expect(store.state.tasks[task]).toMatchObject({ words: JOB.words, progress: { share: 0.25, secondsLeft: 3 } });
  });

  it("is canceled with the task", () => {
    expect(asked.signal.aborted).toBe(false);
    tasks.cancelOnRequest(task);
    expect(asked.signal.aborted).toBe(true);
    expect(store.state.tasks[task]).toBeUndefined();
  });

  it("is not asked about while the user is away", () => {
    expect(asked.watch.untilPresent()).toBe(away);
  });
});

it("says that the first picture was canceled, unless there is one", async () => {
  await begin("projection");
  tasks.cancelOnRequest("projection");
  expect(store.state.failures.projection?.message).toBe("The projection was canceled.");
  store.set({ projection: {} as Projection });
  tasks.forgive("projection");
  await begin("projection");
  tasks.cancelOnRequest("projection");
  expect(store.state.failures.projection).toBeUndefined();
});
