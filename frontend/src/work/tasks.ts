/** Tracks running and failed tasks in the state. The newest of a kind wins. */

import { ApiError } from "../api/failure";
import { Latest } from "../api/latest";
import type { Failure, Progress } from "../data/task";
import { TASKS, type TaskName } from "../state/state";
import type { Store } from "../state/store";

/** Handlers of a task's events. */
interface TaskHandlers {
  /** Runs it again. */
  retry?(): void;
  /** Called after the user has canceled it. */
  canceled?(): void;
}

export class Tasks {
  readonly #handlers = new Map<TaskName, TaskHandlers>();
  readonly #latest = Object.fromEntries(TASKS.map((name) => [name, new Latest()])) as Record<TaskName, Latest>;

  /** @param lookAgain is called when the server reports that a file has changed: the runs may have other versions now. */
  constructor(
    private readonly store: Store,
    private readonly lookAgain: () => Promise<void>,
  ) {}

  /** The task's value; `undefined` if it failed, was canceled, or was superseded by a newer one. */
  async run<T>(name: TaskName, words: string, task: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const entry = { words, startedAtMs: performance.now() };
    this.store.set({ tasks: { ...this.store.state.tasks, [name]: entry } });
    this.forgive(name);
    try {
      return await this.#latest[name].run(task);
    } catch (error) {
      if (error instanceof ApiError && error.kind === "stale" && name !== "runs") await this.#followStale(name, error);
      else this.fail(name, toFailure(error));
      return undefined;
    } finally {
      // Progress reports replace the entry, so it is compared by its start.
      if (this.store.state.tasks[name]?.startedAtMs === entry.startedAtMs) this.#end(name);
    }
  }

  /** Reports progress; ignored if the task has ended. A time left that is not known is estimated from the share. */
  progress(name: TaskName, { share, secondsLeft }: Progress, words?: string): void {
    const task = this.store.state.tasks[name];
    if (task === undefined) return;
    const left = secondsLeft ?? estimateLeft(share, performance.now() - task.startedAtMs);
    const entry = { ...task, words: words ?? task.words, progress: { share, secondsLeft: left } };
    this.store.set({ tasks: { ...this.store.state.tasks, [name]: entry } });
  }

  /** Merges handlers: one feature may retry a task that another one cancels. */
  handle(name: TaskName, handlers: TaskHandlers): void {
    this.#handlers.set(name, { ...this.#handlers.get(name), ...handlers });
  }

  retry(name: TaskName): void {
    this.#handlers.get(name)?.retry?.();
  }

  /** Cancels for the user; `cancel` is for the page's own reasons. */
  cancelOnRequest(name: TaskName): void {
    this.cancel(name);
    this.#handlers.get(name)?.canceled?.();
  }

  cancel(name: TaskName): void {
    this.#latest[name].cancel();
    this.#end(name);
  }

  fail(name: TaskName, failure: Failure): void {
    this.store.set({ failures: { ...this.store.state.failures, [name]: failure } });
  }

  forgive(...names: TaskName[]): void {
    const failures = { ...this.store.state.failures };
    const isChanged = names.some((name) => failures[name] !== undefined);
    for (const name of names) delete failures[name];
    if (isChanged) this.store.set({ failures });
  }

  /** What runs by itself has begun again with the new versions; of anything else the user is told that it has ended. */
  async #followStale(name: TaskName, { file, message }: ApiError): Promise<void> {
    const ended = this.store.state.tasks[name];
    await this.lookAgain();
    const running = this.store.state.tasks[name];
    if (running !== undefined && running.startedAtMs !== ended?.startedAtMs) return;
    const what = file === null || ended === undefined ? message : `${file} changed during «${ended.words}».`;
    this.fail(name, { message: what, fix: "Run it again.", isStale: true });
  }

  #end(name: TaskName): void {
    if (this.store.state.tasks[name] === undefined) return;
    const tasks = { ...this.store.state.tasks };
    delete tasks[name];
    this.store.set({ tasks });
  }
}

/** Uses the error's `fix`, if it has one. */
function toFailure(error: unknown): Failure {
  if (!(error instanceof ApiError)) {
    const { message, fix } = error as Partial<Error & { fix: string }>;
    return { message: message ?? String(error), fix: fix ?? "Reload the page." };
  }
  const location = error.file === null || error.line === null ? error.file : `${error.file}:${error.line}`;
  return { message: error.message, fix: error.fix, location };
}

/** Null before the first second: too little is known by then. */
function estimateLeft(share: number | null, elapsedMs: number): number | null {
  if (share === null || share <= 0 || elapsedMs < 1000) return null;
  return ((1 - share) / share) * (elapsedMs / 1000);
}
