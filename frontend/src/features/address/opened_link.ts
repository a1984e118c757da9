/**
 * Parts of a link beyond its fields, opened once its data is there: isolated points, which the server must know, and the
 * projection on its axes. Layouts take long: they run on request only.
 */
import { formatCount } from "../../data/format";
import { isSameEmbedding, type Shown } from "../../data/runs";
import type { Subset } from "../../data/space";
import type { Actions } from "../../state/actions";
import { isLoaded } from "../../state/derived";
import type { State } from "../../state/state";
import type { Store } from "../../state/store";

export class OpenedLink {
  /** Not isolated yet. */
  #waiting: readonly Subset[];
  #isOver = false;

  constructor(
    private readonly store: Store,
    private readonly actions: Actions,
    private readonly view: Partial<State>,
  ) {
    this.#waiting = view.trail ?? [];
    void this.#open();
  }

  /** The isolated points that the URL has to keep, or those that still wait to be isolated. */
  trailToKeep({ trail }: Readonly<State>): readonly Subset[] {
    return trail.length > 0 ? trail : this.#waiting;
  }

  /** Another link was opened: what this one still waits for is not wanted anymore. */
  end(): void {
    this.#waiting = [];
    this.#isOver = true;
  }

  async #open(): Promise<void> {
    if (this.#waiting.length > 0) await this.#openTrail();
    if (this.view.method !== "axes" || this.view.axes === undefined) return;
    await this.#find((state) => (state.shown !== null && isLoaded(state) ? true : null));
    const { method, axes } = this.store.state;
    if (this.#isOver) return;
    if (method === "axes" && axes === this.view.axes) this.actions.projectAxes();
  }

  async #openTrail(): Promise<void> {
    const shown = await this.#find((state) => state.shown);
    if (this.#isOver) return;
    const why = whyNot(this.#waiting, this.view, shown);
    if (why === null) return this.#isolate(shown);
    this.#waiting = [];
    this.store.set({ addressNotes: [...this.store.state.addressNotes, why] });
  }

  /** If the server does not answer, the URL keeps the points: loading the page again tries again. */
  async #isolate(shown: Shown): Promise<void> {
    const named = await this.actions.nameSubsets(this.#waiting);
    if (this.#isOver) return;
    const { state } = this.store;
    const isSame = state.shown !== null && isSameEmbedding(shown, state.shown);
    if (named === null && isSame) return;
    this.#waiting = [];
    if (named !== null && isSame && state.trail.length === 0) this.store.set({ trail: named, subset: named.at(-1)! });
  }

  /** Resolves once there is a value. */
  #find<T>(find: (state: Readonly<State>) => T | null): Promise<T> {
    const known = find(this.store.state);
    if (known !== null) return Promise.resolve(known);
    return new Promise((resolve) => {
      const stop = this.store.subscribe((state) => {
        const found = find(state);
        if (found === null) return;
        stop();
        resolve(found);
      });
    });
  }
}

function whyNot(trail: readonly Subset[], view: Partial<State>, { run, embedding, step }: Shown): string | null {
  const isOther = (view.run ?? run.name) !== run.name || (view.embedding ?? embedding.name) !== embedding.name;
  if (isOther) return "The address isolates points of other data: all points are shown.";
  const rows = step.shape[0];
  const last = Math.max(...trail.map((subset) => subset.rows.at(-1)!));
  if (last < rows) return null;
  return `The address isolates row ${formatCount(last)}, and there are ${formatCount(rows)} rows, counted from 0: all points are shown.`;
}
