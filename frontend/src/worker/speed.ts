/** How many a second, smoothed: the newest second counts most. */

/** After so long a rate counts for a third (1/e) of what it did. */
const MEMORY_MS = 1000;

export class Speed {
  #perSecond = 0;
  #lastMs: number | null = null;

  /** One more is done, at `nowMs`. Returns the rate. */
  count(nowMs: number): number {
    if (this.#lastMs !== null) {
      const took = Math.max(0.01, nowMs - this.#lastMs);
      // Exact for any spacing: a single slow iteration weighs as long as it took.
      const kept = this.#perSecond === 0 ? 0 : Math.exp(-took / MEMORY_MS);
      this.#perSecond = kept * this.#perSecond + (1 - kept) * (1000 / took);
    }
    this.#lastMs = nowMs;
    return this.#perSecond;
  }

  /** A rest is not slowness: it does not count. */
  rest(): void {
    this.#lastMs = null;
  }
}
