/** Restores a saved view: first the data, then isolated points and coordinates, then everything else at once. */
import { wordsOfField } from "../../data/address_text";
import type { Bookmark } from "../../data/bookmark";
import { findColumn } from "../../data/column";
import { formatCount } from "../../data/format";
import { chooseShown, type Shown } from "../../data/runs";
import type { Actions } from "../../state/actions";
import { columnsOf, isLoaded } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import { FIELDS, type State } from "../../state/state";
import type { Store } from "../../state/store";
import { switchData } from "../../state/switch_data";
import { readView, VIEW_FIELDS } from "../../state/view";

/** Timeout of loading another run's data, generous because it may take long. */
const DATA_TIMEOUT_MS = 120_000;
/** Fields that name the data rather than the view. */
const DATA_FIELDS = new Set(["run", "embedding", "step"]);
/** Fields that refer to points, which differ in other data. */
const OF_POINTS = ["row", "selection", "axes", "filters"] as const;

export class BookmarkOpening {
  constructor(
    private readonly store: Store,
    private readonly actions: Actions,
    private readonly coordinates: MethodCoordinates,
  ) {}

  async open(bookmark: Bookmark): Promise<void> {
    const notes = [...bookmark.notes];
    const shown = await this.#goToData(bookmark, notes);
    if (shown === null) return this.#say(["Nothing is shown that the bookmark could be opened on."]);
    const isSame = shown.step.shape[0] === bookmark.data.rows;
    if (!isSame) notes.push(otherData(bookmark, shown));
    const trail = isSame ? await this.actions.nameSubsets(bookmark.trail) : [];
    if (trail === null) return;
    const view = this.#viewOf(bookmark, isSame, notes);
    const subset = trail.at(-1) ?? null;
    if (isSame) this.coordinates.restore(bookmark.pictures.map((picture) => ({ ...picture, subset })));
    this.store.set({ ...view, trail, subset, bookmark, bookmarkNotes: notes });
    if (isSame) this.coordinates.show();
  }

  #say(notes: readonly string[]): void {
    this.store.set({ bookmarkNotes: notes });
  }

  /** The data shown afterwards: the bookmark's own if it exists, otherwise the current one. */
  async #goToData({ data }: Bookmark, notes: string[]): Promise<Shown | null> {
    const { runs, shown } = this.store.state;
    const { run, embedding, step } = data;
    const chosen = runs === null || run === null ? null : chooseShown(runs, { run, embedding, step });
    if (chosen === null || chosen.run.name !== run || chosen.embedding.name !== embedding) {
      if (run !== null) notes.push(`${run} · ${embedding} is not there: it is opened on what is shown.`);
      return shown;
    }
    if (chosen.step.step !== step) notes.push(`Step ${step} is not there any more: the newest is shown.`);
    if (shown?.run.name === run && shown.embedding.name === embedding && shown.step.step === chosen.step.step)
      return shown;
    this.store.set({ ...switchData({ run, embedding, step: chosen.step.step }) });
    return this.#whenProjected();
  }

  /** Resolves once the first picture and the metadata of the new data have arrived, or have failed. */
  #whenProjected(): Promise<Shown | null> {
    return new Promise((resolve) => {
      const end = () => {
        stop();
        clearTimeout(timer);
        resolve(this.store.state.shown);
      };
      const timer = setTimeout(end, DATA_TIMEOUT_MS);
      const stop = this.store.subscribe((state) => isLoaded(state) && end());
      if (isLoaded(this.store.state)) end();
    });
  }

  /** Every field of the view: from the bookmark, or else its default. */
  #viewOf(bookmark: Bookmark, isSame: boolean, notes: string[]): Partial<State> {
    const read = readView({ ...bookmark.view });
    for (const name of Object.keys(bookmark.view)) {
      if (!(name in read)) notes.push(`Its ${wordsOfField(name)} cannot be read here and was dropped.`);
    }
    const fields = VIEW_FIELDS.filter((name) => !DATA_FIELDS.has(name)).map((name) => [name, FIELDS[name].initial]);
    const view = { ...Object.fromEntries(fields), ...read, selection: bookmark.selection } as Partial<State>;
    for (const name of DATA_FIELDS) delete view[name as keyof State];
    if (!isSame) for (const name of OF_POINTS) Object.assign(view, { [name]: FIELDS[name].initial });
    return this.#dropMissingColumns(view, notes);
  }

  #dropMissingColumns(view: Partial<State>, notes: string[]): Partial<State> {
    const columns = columnsOf(this.store.state);
    for (const name of ["labelBy", "colorBy", "searchIn", "superviseBy"] as const) {
      const column = view[name];
      if (!column || findColumn(columns, column) !== null) continue;
      notes.push(`There is no column “${column}” here, which it uses.`);
      view[name] = null;
    }
    return view;
  }
}

function otherData({ data }: Bookmark, { step }: Shown): string {
  const size = (rows: number, dims: number) => `${formatCount(rows)} points of ${formatCount(dims)} dimensions`;
  return `It is of ${size(data.rows, data.dims)}, here are ${size(step.shape[0], step.shape[1])}: its coordinates and points were dropped.`;
}
