/**
 * Caches the last coordinates of each method, for all points and for each subset, so that returning to them is
 * immediate, and shows those of the chosen method. A subset without its own uses those of the points it was taken from.
 */
import type { Coordinates, Method } from "../data/coordinates";
import type { Subset } from "../data/space";
import type { State } from "./state";
import type { Store } from "./store";

/** Maximum number of cached results: each may hold three numbers per row. */
const MAX_CACHED = 16;

export class MethodCoordinates {
  readonly #cache = new Map<string, Coordinates>();

  constructor(private readonly store: Store) {
    store.subscribe((state, changed) => {
      if (changed.has("shown")) this.clear();
      else if (changed.has("method") || changed.has("subset")) store.set({ coordinates: this.#find(state) });
    });
  }

  /** `others` are fields that change with it: a single state change avoids drawing twice. */
  put(coordinates: Coordinates, others: Parameters<Store["set"]>[0] = {}): void {
    this.#put(coordinates);
    const isShown = this.store.state.method === coordinates.method && this.#find(this.store.state) === coordinates;
    this.store.set(isShown ? { ...others, coordinates } : others);
  }

  #put(coordinates: Coordinates): void {
    const key = keyOf(coordinates.method, coordinates.subset ?? null);
    this.#cache.delete(key); // Moves it to the end: the newest is evicted last.
    this.#cache.set(key, coordinates);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > MAX_CACHED && !oldest.done) this.#cache.delete(oldest.value);
  }

  /** Those computed on exactly these points; null: none are cached. */
  of(method: Method, subset: Subset | null): Coordinates | null {
    return this.#cache.get(keyOf(method, subset)) ?? null;
  }

  /** Replaces those of a method and its points; null: removes them. */
  replace(method: Method, subset: Subset | null, coordinates: Coordinates | null): void {
    if (coordinates === null) this.#cache.delete(keyOf(method, subset));
    else this.#put(coordinates);
    this.show();
  }

  /** For the subset, otherwise for what it was taken from. */
  #find({ method, trail, subset }: Readonly<State>): Coordinates | null {
    const around = [subset, ...[...trail].reverse(), null];
    return around.map((one) => this.#cache.get(keyOf(method, one))).find((one) => one !== undefined) ?? null;
  }

  /** All cached coordinates, the newest first. */
  cached(): Coordinates[] {
    return [...this.#cache.values()].reverse();
  }

  /** Restores coordinates from a bookmark; `show` shows them. PCA is recomputed, with the same result. */
  restore(pictures: readonly Coordinates[]): void {
    for (const picture of pictures) if (picture.method !== "pca") this.#put(picture);
  }

  /** Shows the coordinates for the state's current method and points. */
  show(): void {
    this.store.set({ coordinates: this.#find(this.store.state) });
  }

  /** The data has changed: drops everything computed from it. */
  clear(): void {
    this.#cache.clear();
    this.store.set({ coordinates: null });
  }
}

function keyOf(method: Method, subset: Subset | null): string {
  return `${method} ${subset?.name ?? ""}`;
}
