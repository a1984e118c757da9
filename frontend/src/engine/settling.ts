/** Detects when a layout has come to rest: its KL divergence no longer falls, however long it goes on. */

/** Iterations over which the divergence must fall; noise between two measurements is not rest. */
export const SETTLING_ITERATIONS = 300;
/** Minimum fall, relative to the divergence: MNIST falls by tenfold of it for thousands of iterations. */
const MIN_FALL = 5e-4;
/** Minimum fall near 0, where float32 leaves only noise. */
const MIN_ABSOLUTE_FALL = 1e-5;

export class Settling {
  #lowest = Number.POSITIVE_INFINITY;
  #lowestAt = 0;

  /** @param from the first iteration that counts: with early exaggeration the divergence is not the final one. */
  constructor(private readonly from: number) {}

  /** Adds a measurement; true once none has been lower by a noticeable amount for SETTLING_ITERATIONS. */
  add(iteration: number, klDivergence: number): boolean {
    if (iteration <= this.from) return false;
    const fall = Math.max(MIN_ABSOLUTE_FALL, MIN_FALL * Math.abs(this.#lowest));
    if (this.#lowest === Number.POSITIVE_INFINITY || klDivergence < this.#lowest - fall) {
      this.#lowest = klDivergence;
      this.#lowestAt = iteration;
    }
    return iteration - this.#lowestAt >= SETTLING_ITERATIONS;
  }

  /** Begins anew: the layout was perturbed, has other parameters, or is resumed. */
  restart(): void {
    this.#lowest = Number.POSITIVE_INFINITY;
  }
}
