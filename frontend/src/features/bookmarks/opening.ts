/** Restores a saved view: first the data, then isolated points and coordinates, then everything else at once. */
import type { Bookmark, BookmarkedPicture } from "../../data/bookmark";
import type { Coordinates } from "../../data/coordinates";
import { isOver } from "../../data/layout_status";
import { chooseShown, isSameEmbedding, type Shown } from "../../data/runs";
import type { Subset } from "../../data/space";
import { mergeTags } from "../../data/tags";
import type { Actions } from "../../state/actions";
import { columnsOf, isLoaded } from "../../state/derived";
import type { MethodCoordinates } from "../../state/method_coordinates";
import { FIELDS, type State } from "../../state/state";
import type { Store } from "../../state/store";
import { switchData } from "../../state/switch_data";
import { nameOfField, readView, VIEW_FIELDS } from "../../state/view";
import { dropMissingColumns, dropUnfit, fitOf } from "./fitting";

/** Timeout of loading another run's data, generous because it may take long. */
const DATA_TIMEOUT_MS = 120_000;
/** Fields that name the data rather than the view; the user's own vectors stay, whatever is opened. */
const DATA_FIELDS = new Set(["run", "embedding", "step", "uploads"]);

export class BookmarkOpening {
  /** Counts the bookmarks opened: an older one that is still loading is given up. */
  #newest = 0;

  constructor(
    private readonly store: Store,
    private readonly actions: Actions,
    private readonly coordinates: MethodCoordinates,
  ) {}

  async open(bookmark: Bookmark): Promise<void> {
    const notes = [...bookmark.notes];
    const opening = ++this.#newest;
    const shown = await this.#goToData(bookmark, notes);
    if (shown === undefined || opening !== this.#newest) return;
    if (shown === null) return this.#say(["Nothing is shown that the bookmark could be opened on."]);
    const fit = fitOf(bookmark, shown);
    const trail = fit.ofPoints ? await this.actions.nameSubsets(bookmark.trail) : [];
    if (trail === null || opening !== this.#newest || !this.#isShown(shown)) return;
    const read = dropUnfit(this.#readView(bookmark, notes), bookmark, fit, shown, notes);
    if (fit.ofPoints) this.#restoreTags(bookmark);
    const view = dropMissingColumns(read, columnsOf(this.store.state), notes);
    const subset = trail.at(-1) ?? null;
    if (fit.ofCoordinates) this.#restorePictures(restored(bookmark.pictures, trail, shown.step.shape[0]));
    this.store.set({ ...view, trail, subset, bookmark, bookmarkNotes: notes, colorByQuality: false });
    if (fit.ofPoints) this.coordinates.show();
  }

  #isShown(before: Shown): boolean {
    const { shown } = this.store.state;
    return shown !== null && isSameEmbedding(shown, before) && shown.step.version === before.step.version;
  }

  /** What is known of a layout that has ended does not hold for a picture in its place. */
  #restorePictures(pictures: readonly Coordinates[]): void {
    const { layout } = this.store.state;
    const isReplaced = layout !== null && isOver(layout.phase) && pictures.some(({ method }) => method === layout.of);
    if (isReplaced) this.store.set({ layout: null });
    this.coordinates.restore(pictures);
  }

  /** They make columns. If all are those of a file, leaving the page loses none. */
  #restoreTags(bookmark: Bookmark): void {
    const tags = mergeTags(this.store.state.tags, bookmark.tags);
    const isSaved = bookmark.raw !== null && tags === bookmark.tags;
    this.store.set(isSaved ? { tags, savedTags: tags } : { tags });
  }

  #say(notes: readonly string[]): void {
    this.store.set({ bookmarkNotes: notes });
  }

  /**
   * The data shown afterwards: the bookmark's own if it exists, otherwise the current one. Undefined: the user has chosen
   * other data meanwhile.
   */
  async #goToData({ data }: Bookmark, notes: string[]): Promise<Shown | null | undefined> {
    const { runs, shown } = this.store.state;
    const { run, embedding, step } = data;
    const chosen = runs === null || run === null ? null : chooseShown(runs, { run, embedding, step });
    if (chosen === null || chosen.run.name !== run || chosen.embedding.name !== embedding) {
      if (run !== null) notes.push(goneNote(data, shown));
      return shown;
    }
    if (chosen.step.step !== step) notes.push(`Step ${step} is not there anymore: the newest is shown.`);
    if (shown?.run.name === run && shown.embedding.name === embedding && shown.step.step === chosen.step.step)
      return shown;
    const place = { run, embedding, step: chosen.step.step };
    this.store.set({ ...switchData(place) });
    const found = await this.#whenProjected();
    const { state } = this.store;
    const isThere = state.run === run && state.embedding === embedding && state.step === place.step;
    return isThere ? found : undefined;
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
  #readView(bookmark: Bookmark, notes: string[]): Partial<State> {
    const read = readView({ ...bookmark.view });
    for (const name of Object.keys(bookmark.view)) {
      if (!(name in read))
        notes.push(`Its ${nameOfField(name) ?? `“${name}”`} cannot be read here: it is opened without.`);
    }
    const fields = VIEW_FIELDS.filter((name) => !DATA_FIELDS.has(name)).map((name) => [name, FIELDS[name].initial]);
    const view = { ...Object.fromEntries(fields), ...read, selection: bookmark.selection } as Partial<State>;
    for (const name of DATA_FIELDS) delete view[name as keyof State];
    return view;
  }
}

function restored(pictures: readonly BookmarkedPicture[], trail: readonly Subset[], rows: number): Coordinates[] {
  return pictures.map(({ depth, ...picture }) => ({ ...padded(picture, rows), subset: trail[depth - 1] ?? null }));
}

/** A file that does not say how many points there are ends with the last isolated one. */
function padded(picture: Coordinates, rows: number): Coordinates {
  if (picture.rows >= rows) return picture;
  const pad = (column: Float32Array) => {
    const longer = new Float32Array(rows).fill(Number.NaN);
    longer.set(column);
    return longer;
  };
  const { x, y, z } = picture;
  return { ...picture, rows, x: pad(x), y: pad(y), z: z && pad(z) };
}

function goneNote({ run, embedding }: Bookmark["data"], shown: Shown | null): string {
  const here = shown === null ? "what is shown" : `${shown.run.name} · ${shown.embedding.name}`;
  return `${run} · ${embedding} is not there: it is opened on ${here}.`;
}
