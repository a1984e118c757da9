/** The pictures that runs of layouts replaced and left, so that undo and redo bring them back. */
import type { Coordinates, LayoutMethod } from "../../data/coordinates";
import { formatBytes } from "../../data/format";
import type { LayoutStatus } from "../../data/layout_status";
import type { Subset } from "../../data/space";
import type { MethodCoordinates } from "../../state/method_coordinates";
import type { Store } from "../../state/store";

/** Maximum memory of pictures that only old runs hold: ten of a million points in 3-D. */
const MAX_BYTES = 128 << 20;
/** Note beside the picture that stays when undo or redo leads to a run whose own is no longer kept. */
const FORGOTTEN = `The picture of that run is no longer kept, since old ones may take ${formatBytes(MAX_BYTES)} of memory.`;

/** A picture and the words about it; null: there was none. */
interface Past {
  readonly coordinates: Coordinates | null;
  readonly layout: LayoutStatus | null;
}

interface PastRun {
  /** Number of the run before it. */
  readonly previous: number;
  readonly method: LayoutMethod;
  readonly subset: Subset | null;
  readonly before: Past;
  /** Known once it has been left. */
  after: Past | null;
}

export class PastRuns {
  readonly #runs = new Map<number, PastRun>();
  /** The run that the pictures are of: the state's number differs until undo or redo has been followed. */
  #current = 0;
  #newest = 0;

  /** @param end ends the running layout; its picture stays. */
  constructor(
    private readonly store: Store,
    private readonly coordinates: MethodCoordinates,
    private readonly end: () => void,
  ) {
    store.subscribe((state, changed) => {
      if (changed.has("shown")) this.#runs.clear();
      if (changed.has("layoutRun") && state.layoutRun !== this.#current) this.#goTo(state.layoutRun);
    });
  }

  /** Called before a run begins, while the picture that it will replace is still there. */
  begin(method: LayoutMethod): void {
    const { subset } = this.store.state;
    this.#leave();
    const before = this.#take(method, subset);
    this.#runs.set(++this.#newest, { previous: this.#current, method, subset, before, after: null });
    this.#current = this.#newest;
    this.#forgetOldest();
    this.store.set({ layoutRun: this.#current });
  }

  /** Undo leads to the run before the current one, redo to the one after it. */
  #goTo(target: number): void {
    const [from, to] = [this.#runs.get(this.#current), this.#runs.get(target)];
    if (from !== undefined && from.previous === target) {
      this.#leave();
      this.#show(from, from.before);
    } else if (to?.after && to.previous === this.#current) this.#show(to, to.after);
    else this.#noteForgotten();
    this.#current = target;
  }

  #noteForgotten(): void {
    const { layout } = this.store.state;
    if (layout === null || layout.notes.includes(FORGOTTEN)) return;
    this.store.set({ layout: { ...layout, notes: [...layout.notes, FORGOTTEN] } });
  }

  #leave(): void {
    const run = this.#runs.get(this.#current);
    if (run === undefined) return;
    this.end();
    run.after = this.#take(run.method, run.subset);
  }

  #take(method: LayoutMethod, subset: Subset | null): Past {
    return { coordinates: this.coordinates.of(method, subset), layout: this.store.state.layout };
  }

  #show({ method, subset }: PastRun, { coordinates, layout }: Past): void {
    this.coordinates.replace(method, subset, coordinates);
    this.store.set({ layout });
  }

  /** Undo then leaves the picture as it is, with a note. */
  #forgetOldest(): void {
    for (const number of this.#runs.keys()) {
      if (number === this.#current || bytesOf(this.#runs.values()) <= MAX_BYTES) return;
      this.#runs.delete(number);
    }
  }
}

/** Columns shared by several pictures are counted once. */
function bytesOf(runs: Iterable<PastRun>): number {
  const held = new Set<Float32Array>();
  for (const { before, after } of runs) {
    for (const past of [before, after]) {
      const { x, y, z } = past?.coordinates ?? { x: null, y: null, z: null };
      for (const column of [x, y, z]) if (column !== null) held.add(column);
    }
  }
  return [...held].reduce((bytes, column) => bytes + column.byteLength, 0);
}
