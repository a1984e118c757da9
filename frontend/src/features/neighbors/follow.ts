/** Fetches the nearest neighbors of the selected point. */
import type { Client } from "../../api/client";
import { formatCount } from "../../data/format";
import { listFirst } from "../../data/neighborhood";
import type { Combine } from "../../data/row_sets";
import { pointName, spaceOf } from "../../state/derived";
import type { State } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import type { Tasks } from "../../work/tasks";
import { QUALITY_K } from "../quality/fields";
import type { SelectionActions } from "../selection/fields";
import { fetchNeighborhood } from "./requests";

/** Fields whose changes require other neighbors. */
const REQUEST_FIELDS: readonly (keyof State)[] = ["row", "metric", "neighborCount"];

export class NeighborLoading {
  #isPictureComing = false;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
  ) {
    store.subscribe((state, changed) => this.#follow(state, changed));
  }

  async load(): Promise<void> {
    const { shown, row, metric, neighborCount, subset } = this.store.state;
    if (shown === null || row === null) return this.#forget();
    const rows = subset?.rows.length ?? shown.step.shape[0];
    // As many as the picture is compared with, even if fewer are listed.
    const k = Math.max(1, Math.min(Math.max(neighborCount, QUALITY_K), rows - 1));
    const words = `Measuring distances to ${formatCount(rows)} points`;
    const neighborhood = await this.tasks.run("neighbors", words, (signal) =>
      fetchNeighborhood(this.client, shown, { row, k, metric }, spaceOf(this.store.state), signal),
    );
    if (neighborhood !== undefined && shown === this.store.state.shown)
      this.store.set({ neighborhood: listFirst(neighborhood, neighborCount) });
  }

  select(combine: Combine, selectRows: SelectionActions["selectRows"]): void {
    const { row, neighborhood } = this.store.state;
    if (row === null || neighborhood?.row !== row) return;
    const words = `«${pointName(this.store.state, row)}» and its neighbors`;
    selectRows([row, ...neighborhood.rows], combine, words);
  }

  #follow({ shown, tasks }: Readonly<State>, changed: Changed): void {
    const wasComing = this.#isPictureComing;
    this.#isPictureComing = tasks.projection !== undefined;
    if (wasComing && !this.#isPictureComing) setTimeout(() => this.#loadWithoutPicture());
    if (changed.has("shown")) this.#end(); // It belonged to the previous data.
    // Neighbors of another space, those on their way too, are not the ones to be shown with the next picture.
    if (shown !== null && (changed.has("spherize") || changed.has("subset"))) this.#forget();
    if (changed.has("projection") || REQUEST_FIELDS.some((name) => changed.has(name))) this.#loadWhereWanted(changed);
  }

  /** Fetches neighbors once there is a picture, for rows that exist. */
  #loadWhereWanted(changed: Changed): void {
    const { row, projection, neighborhood } = this.store.state;
    if (projection === null) return;
    if (row !== null && row >= projection.rows) {
      this.store.set({ row: null });
      return;
    }
    const isPictureOnly = !REQUEST_FIELDS.some((name) => changed.has(name));
    if (isPictureOnly && (row === null || neighborhood !== null)) return;
    this.load();
  }

  /** For a picture that was canceled or failed: no other will bring the neighbors that were forgotten for it. */
  #loadWithoutPicture(): void {
    const { row, neighborhood, projection, tasks, failures } = this.store.state;
    const isPending = tasks.projection !== undefined || tasks.neighbors !== undefined;
    if (isPending || failures.neighbors !== undefined || row === null || projection === null) return;
    if (neighborhood === null) this.load();
  }

  #forget(): void {
    this.#end();
    this.store.set({ neighborhood: null });
  }

  #end(): void {
    this.tasks.cancel("neighbors");
    this.tasks.forgive("neighbors");
  }
}
