/** Runs a task at a time and keeps only the newest: a new one aborts the one under way. */
export class Latest {
  #abort: AbortController | null = null;

  /** The task's value, or `undefined` when a newer one took its place or it was cancelled. Other errors are thrown. */
  async run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const value = await task(abort.signal);
      return abort.signal.aborted ? undefined : value;
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    } finally {
      if (this.#abort === abort) this.#abort = null;
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
  }
}
