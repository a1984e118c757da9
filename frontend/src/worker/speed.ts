/** Events per second, exponentially smoothed. */

/** Time constant: after it, a rate's weight has dropped to 1/e. */
const MEMORY_MS = 1000;

export class Speed {
  #perSecond = 0;
  #lastMs: number | null = null;

  /** Counts one event at `nowMs`. Returns the rate. */
  count(nowMs: number): number {
    if (this.#lastMs !== null) {
      const took = Math.max(0.01, nowMs - this.#lastMs);
      // Exact for any spacing: a single slow iteration is weighted by its duration.
      const decay = this.#perSecond === 0 ? 0 : Math.exp(-took / MEMORY_MS);
      this.#perSecond = decay * this.#perSecond + (1 - decay) * (1000 / took);
    }
    this.#lastMs = nowMs;
    return this.#perSecond;
  }

  /** A pause does not count as slowness. */
  rest(): void {
    this.#lastMs = null;
  }
}
