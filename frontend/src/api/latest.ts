/** Runs one task at a time, the newest: starting a task aborts the previous one. */
export class Latest {
  #abort: AbortController | null = null;

  /** The task's value, or `undefined` if it was superseded or canceled. Rethrows other errors. */
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
