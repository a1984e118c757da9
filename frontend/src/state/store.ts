/** The one state object, observed. A change is a patch; whoever listens hears which fields differ, once a turn. */
import { initialState, type State } from "./state";

export type Changed = ReadonlySet<keyof State>;
export type Listener = (state: Readonly<State>, changed: Changed) => void;

export class Store {
  #state: State = initialState();
  readonly #listeners = new Set<Listener>();
  #changed = new Set<keyof State>();
  #isTelling = false;

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Takes the fields that differ; tells nobody when none does. */
  set(patch: Partial<State>): void {
    const names = (Object.keys(patch) as (keyof State)[]).filter((name) => !Object.is(patch[name], this.#state[name]));
    if (names.length === 0) return;
    this.#state = { ...this.#state, ...patch };
    for (const name of names) this.#changed.add(name);
    if (!this.#isTelling) this.#tell();
  }

  /** Returns what ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A listener may change the state itself: what it changed is told after this round, never inside it. */
  #tell(): void {
    this.#isTelling = true;
    try {
      while (this.#changed.size > 0) {
        const changed = this.#changed;
        this.#changed = new Set();
        for (const listener of [...this.#listeners]) listener(this.#state, changed);
      }
    } finally {
      this.#isTelling = false;
    }
  }
}
