/** Fetches the principal components that the picture needs, and the others on request. */
import type { Client } from "../../api/client";
import { fetchProjection } from "../../api/shared_requests";
import { formatCount } from "../../data/format";
import { extendProjection, type Projection } from "../../data/projection";
import type { Shown } from "../../data/runs";
import { type Space, spreadColumn } from "../../data/space";
import { availableComponents, spaceOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import { followJobs } from "../../work/job_progress";
import type { Presence } from "../../work/presence";
import type { Tasks } from "../../work/tasks";

/** Response size up to which all components are fetched at once, rather than only those of the picture. */
const SMALL_ANSWER_BYTES = 1 << 20;

export class ProjectionLoading {
  /** Embedding and space that `state.projection` was computed for. */
  #projected: { shown: Shown; space: Space } | null = null;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly presence: Presence,
  ) {
    store.subscribe((state, changed) => this.#follow(state, changed));
  }

  /** Loads the picture's components for the current data. */
  async load(): Promise<void> {
    const { shown } = this.store.state;
    this.tasks.forgive("projection");
    if (shown !== null) await this.#load(this.#initialComponentCount(shown));
  }

  /** Loads all components of the data. */
  loadAll(): void {
    const { projection, tasks } = this.store.state;
    const available = availableComponents(this.store.state);
    if (projection !== null && projection.components.length < available && !tasks.projection) this.#load(available);
  }

  /** There is no substitute for the first picture. */
  reportCanceled(): void {
    if (this.store.state.projection !== null) return;
    const fix = "Nothing is drawn until it is computed.";
    this.tasks.fail("projection", { message: "The projection was canceled.", fix });
  }

  #follow({ shown, components, projection }: Readonly<State>, changed: Changed): void {
    if (shown === null) {
      this.tasks.forgive("projection");
      return;
    }
    if (changed.has("spherize") || changed.has("subset")) this.#load(this.#initialComponentCount(shown));
    if (!changed.has("components") || projection === null) return;
    if (Math.max(...components) >= projection.components.length) this.loadAll();
  }

  #initialComponentCount(shown: Shown): number {
    const available = availableComponents(this.store.state);
    const drawn = Math.max(3, ...this.store.state.components.map((component) => component + 1));
    const bytes = shown.step.shape[0] * available * Float32Array.BYTES_PER_ELEMENT;
    return bytes <= SMALL_ANSWER_BYTES ? available : Math.min(available, drawn);
  }

  async #load(components: number): Promise<void> {
    const { shown, projection: old } = this.store.state;
    if (shown === null) return;
    const space = spaceOf(this.store.state);
    const [rows, dims] = shown.step.shape;
    const words = `Computing PCA of ${formatCount(space.subset?.rows.length ?? rows)} × ${formatCount(dims)}`;
    const watch = followJobs("projection", this.tasks, this.presence);
    const projection = await this.tasks.run("projection", words, (signal) =>
      fetchProjection(this.client, shown, components, space, watch, signal),
    );
    if (projection === undefined || shown !== this.store.state.shown) return;
    if (!isSameSpace(space, spaceOf(this.store.state))) return; // The newer request's response is pending.
    const isMore = old !== null && this.#projected?.shown === shown && isSameSpace(this.#projected.space, space);
    this.#projected = { shown, space };
    const whole = spreadProjection(projection, space, shown.step.shape[0]);
    this.store.set({ projection: isMore ? extendProjection(old, whole) : whole });
  }
}

function isSameSpace(a: Space, b: Space): boolean {
  return a.spherize === b.spherize && a.subset === b.subset;
}

/** Expands a subset's projection to columns of the whole embedding. */
function spreadProjection(projection: Projection, { subset }: Space, rows: number): Projection {
  if (subset === null) return projection;
  return {
    ...projection,
    rows,
    subset,
    components: projection.components.map((one) => spreadColumn(one, subset, rows)),
  };
}
