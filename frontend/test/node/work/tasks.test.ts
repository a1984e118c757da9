/** Tasks that failed or were canceled. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { ApiError } from "../../../src/api/failure";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";

it("keeps what several features do with one task", () => {
  const tasks = new Tasks(new Store(), async () => {});
  const [retry, canceled] = [vi.fn(), vi.fn()];
  tasks.handle("projection", { retry });
  tasks.handle("projection", { canceled });
  tasks.retry("projection");
  expect([retry.mock.calls.length, canceled.mock.calls.length]).toEqual([1, 0]);
  tasks.cancelOnRequest("projection");
  expect([retry.mock.calls.length, canceled.mock.calls.length]).toEqual([1, 1]);
});

it("does nothing with a task without a handler", () => {
  const store = new Store();
  const tasks = new Tasks(store, async () => {});
  tasks.retry("images");
  tasks.cancelOnRequest("images");
  expect(store.state.failures).toEqual({});
});

it("estimates the time left of a task that reports only its share", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const store = new Store();
  const tasks = new Tasks(store, async () => {});
  void tasks.run("images", "Reading images", () => new Promise(() => {}));
  const left = (share: number | null, secondsLeft: number | null = null) => {
    tasks.progress("images", { share, secondsLeft });
    return store.state.tasks.images!.progress!.secondsLeft;
  };
  expect(left(0.5)).toBeNull(); // Too early to tell.
  vi.advanceTimersByTime(6000);
  expect([left(0.25), left(null), left(0), left(0.25, 7)]).toEqual([18, null, null, 7]);
});

describe("a file that has changed", () => {
  const stale = (file: string | null) => new ApiError("stale", "It was computed of other files.", "Ask again.", file);
  let store: Store;
  let lookAgain: () => Promise<void>;
  let tasks: Tasks;

  beforeEach(() => {
    store = new Store();
    lookAgain = vi.fn(async () => {});
    tasks = new Tasks(store, () => lookAgain());
  });

  const refuse = (file: string | null) =>
    tasks.run("quality", "Comparing neighbors", () => Promise.reject(stale(file)));

  it.each([
    ["a/model.ckpt", "a/model.ckpt changed during «Comparing neighbors»."],
    [null, "It was computed of other files."],
  ])("is looked for again, and ends what the user has begun, with words: %s", async (file, message) => {
    expect(await refuse(file)).toBeUndefined();
    expect(lookAgain).toHaveBeenCalledOnce();
    expect(store.state.tasks).toEqual({});
    expect(store.state.failures).toEqual({ quality: { message, fix: "Run it again.", isStale: true } });
  });

  it("ends nothing for the user where the newer files have been asked for meanwhile", async () => {
    let answer: (value: string) => void = () => {};
    let again: Promise<string | undefined> = Promise.resolve("");
    lookAgain = async () => {
      vi.advanceTimersByTime(1);
      again = tasks.run("quality", "Comparing neighbors", () => new Promise((resolve) => (answer = resolve)));
    };
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    await refuse("a/model.ckpt");
    expect([Object.keys(store.state.tasks), store.state.failures]).toEqual([["quality"], {}]);
    answer("newer");
    expect(await again).toBe("newer");
    expect(store.state.tasks).toEqual({});
  });
});
