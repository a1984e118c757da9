/** Tasks that failed or were canceled. */
import { expect, it, onTestFinished, vi } from "vitest";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";

it("keeps what several features do with one task", () => {
  const tasks = new Tasks(new Store(), () => {});
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
  const tasks = new Tasks(store, () => {});
  tasks.retry("images");
  tasks.cancelOnRequest("images");
  expect(store.state.failures).toEqual({});
});

it("estimates the time left of a task that reports only its share", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const store = new Store();
  const tasks = new Tasks(store, () => {});
  void tasks.run("images", "Reading images", () => new Promise(() => {}));
  const left = (share: number | null, secondsLeft: number | null = null) => {
    tasks.progress("images", { share, secondsLeft });
    return store.state.tasks.images!.progress!.secondsLeft;
  };
  expect(left(0.5)).toBeNull(); // Too early to tell.
  vi.advanceTimersByTime(6000);
  expect([left(0.25), left(null), left(0), left(0.25, 7)]).toEqual([18, null, null, 7]);
});
