/**
 * Keeps the last picture of each method, for all points and for each subset, so that going back to it is immediate, and
 * shows that of the method chosen. A subset that has none of its own yet is seen in the picture of the points around it.
 */
import type { Coordinates, Method } from "../data/coordinates";
import type { Subset } from "../data/space";
import type { State } from "./state";
import type { Store } from "./store";

/** Each may hold three numbers a row. */
const MOST_KEPT = 16;

export class MethodCoordinates {
  readonly #kept = new Map<string, Coordinates>();

  constructor(private readonly store: Store) {
    store.subscribe((state, changed) => {
      if (changed.has("shown")) this.clear();
      else if (changed.has("method") || changed.has("subset")) store.set({ coordinates: this.#find(state) });
    });
  }

  /** `others` are fields that change along with it: one change of the state, one picture. */
  put(coordinates: Coordinates, others: Parameters<Store["set"]>[0] = {}): void {
    this.#keep(coordinates);
    const isShown = this.store.state.method === coordinates.method && this.#find(this.store.state) === coordinates;
    this.store.set(isShown ? { ...others, coordinates } : others);
  }

  #keep(coordinates: Coordinates): void {
    const key = keyOf(coordinates.method, coordinates.subset ?? null);
    this.#kept.delete(key); // The newest is the last to go.
    this.#kept.set(key, coordinates);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > MOST_KEPT && !oldest.done) this.#kept.delete(oldest.value);
  }

  /** Of the subset, else of what it was taken from. */
  #find({ method, trail, subset }: Readonly<State>): Coordinates | null {
    const around = [subset, ...[...trail].reverse(), null];
    return around.map((one) => this.#kept.get(keyOf(method, one))).find((one) => one !== undefined) ?? null;
  }

  /** Every picture of these points. */
  kept(subset: Subset | null): Coordinates[] {
    return [...this.#kept.values()].filter((one) => (one.subset ?? null)?.name === subset?.name);
  }

  /** Pictures that a bookmark brings; `show` shows them. PCA's own is computed anew, and the same. */
  restore(pictures: readonly Coordinates[]): void {
    for (const picture of pictures) if (picture.method !== "pca") this.#keep(picture);
  }

  /** The picture of the method and the points that the state has now. */
  show(): void {
    this.store.set({ coordinates: this.#find(this.store.state) });
  }

  /** The data is another: nothing that was computed of it holds. */
  clear(): void {
    this.#kept.clear();
    this.store.set({ coordinates: null });
  }
}

function keyOf(method: Method, subset: Subset | null): string {
  return `${method} ${subset?.name ?? ""}`;
}
