/**
 * The observable state. A change is a patch; listeners receive the names of changed fields at once, those changed by a
 * listener after the round.
 */
import { initialState, type State } from "./state";

export type Changed = ReadonlySet<keyof State>;
type Listener = (state: Readonly<State>, changed: Changed) => void;

export class Store {
  #state: State = initialState();
  readonly #listeners = new Set<Listener>();
  #changed = new Set<keyof State>();
  #isNotifying = false;

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Applies the fields that differ; notifies listeners only if any does. */
  set(patch: Partial<State>): void {
    const names = (Object.keys(patch) as (keyof State)[]).filter((name) => !Object.is(patch[name], this.#state[name]));
    if (names.length === 0) return;
    this.#state = { ...this.#state, ...patch };
    for (const name of names) this.#changed.add(name);
    if (!this.#isNotifying) this.#notify();
  }

  /** Returns the function that unsubscribes. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A listener may itself change the state: such changes are reported after this round, never within it. */
  #notify(): void {
    this.#isNotifying = true;
    try {
      while (this.#changed.size > 0) {
        const changed = this.#changed;
        this.#changed = new Set();
        for (const listener of [...this.#listeners]) listener(this.#state, changed);
      }
    } finally {
      this.#isNotifying = false;
    }
  }
}
