/** Keeps the last picture of each method, so that going back to it is immediate, and shows that of the method chosen. */
import type { Coordinates, Method } from "../data/coordinates";
import type { Store } from "../state/store";

export class Places {
  readonly #kept = new Map<Method, Coordinates>();

  constructor(private readonly store: Store) {
    store.subscribe((state, changed) => {
      if (changed.has("shown")) this.clear();
      else if (changed.has("method")) store.set({ coordinates: this.#kept.get(state.method) ?? null });
    });
  }

  /** `others` are fields that change along with it: one change of the state, one picture. */
  put(coordinates: Coordinates, others: Parameters<Store["set"]>[0] = {}): void {
    this.#kept.set(coordinates.method, coordinates);
    const isShown = this.store.state.method === coordinates.method;
    this.store.set(isShown ? { ...others, coordinates } : others);
  }

  /** The data is another: nothing that was computed of it holds. */
  clear(): void {
    this.#kept.clear();
    this.store.set({ coordinates: null });
  }
}
