/** What is done with a task that failed or was cancelled. */
import { expect, it, vi } from "vitest";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";

it("keeps what several features do with one task", () => {
  const tasks = new Tasks(new Store(), () => {});
  const [retry, cancelled] = [vi.fn(), vi.fn()];
  tasks.handle("projection", { retry });
  tasks.handle("projection", { cancelled });
  tasks.retry("projection");
  expect([retry.mock.calls.length, cancelled.mock.calls.length]).toEqual([1, 0]);
  tasks.cancelOnRequest("projection");
  expect([retry.mock.calls.length, cancelled.mock.calls.length]).toEqual([1, 1]);
});

it("does nothing with a task that nobody handles", () => {
  const store = new Store();
  const tasks = new Tasks(store, () => {});
  tasks.retry("images");
  tasks.cancelOnRequest("images");
  expect(store.state.failures).toEqual({});
});
