/** Fetches the runs, then the picture of the data shown, then its metadata. */
import type { Client } from "../../api/client";
import { problemKey, withRun } from "../../data/problems";
import { chooseShown, isSameEmbedding, isSameShown, type Runs, type Shown } from "../../data/runs";
import { makeSprite, type Sprite } from "../../data/sprite";
import { editsOf, keepEdits } from "../../data/tensor_edits";
import type { Actions } from "../../state/actions";
import type { State } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import type { Tasks } from "../../work/tasks";
import { fetchMetadata, fetchRuns, spriteUrl } from "./requests";

/** Polling interval while the server scans the logdir. */
const SCAN_POLL_MS = 500;
/** Minimum time between the server's scans of the logdir: earlier responses may be those of the previous scan. */
const MIN_SCAN_INTERVAL_MS = 3000;

/** Fields that are meaningless in another embedding: row numbers, and notes on points. It may have edits of its own. */
const NO_POINTS = {
  ...{ selectionNote: null, termsNote: null, uploadNote: null },
  row: null,
  selection: null,
  selectionWords: "",
  subset: null,
  trail: [],
  tags: [],
  savedTags: [],
  metadataUpload: null,
  terms: [],
} as const satisfies Partial<State>;

/** Fields that follow from columns: those of other metadata are different even if they have the same names. */
const NO_COLUMNS_YET = {
  ...{ fileMetadata: null, metadata: null, matches: null, legend: null },
  ...{ filteredRows: null, sizeLegend: null },
} as const satisfies Partial<State>;
const NO_COLUMNS = { ...NO_COLUMNS_YET, sprite: null, fileSprite: null } as const satisfies Partial<State>;

export class Loading {
  #reloadTimer = 0;
  /** The embedding shown while none is named: it stays even if it turns out to be unreadable. */
  #atFirstSight: { run: string; embedding: string } | null = null;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly actions: Actions,
  ) {
    tasks.handle("runs", { retry: () => this.loadRuns() });
    tasks.handle("projection", { retry: () => this.#loadPicture() });
    tasks.handle("metadata", { retry: () => this.#loadMetadata(), canceled: () => this.#reportCanceled() });
    store.subscribe((_state, changed) => this.#follow(changed));
  }

  /** `first` is a request that has already been sent. */
  async loadRuns(first?: Promise<Runs>): Promise<void> {
    clearTimeout(this.#reloadTimer);
    const words = "Looking for embeddings";
    const runs = await this.tasks.run(
      "runs",
      words,
      (signal) => first ?? fetchRuns(this.client, this.store.state.uploads, signal),
    );
    if (runs === undefined) return;
    this.store.set({ runs });
    if (!runs.scan.done) this.#reloadTimer = window.setTimeout(() => this.loadRuns(), SCAN_POLL_MS);
  }

  /** Reloads on request: now, and once more when the server's last scan must be over. */
  async reload(): Promise<void> {
    await this.loadRuns();
    clearTimeout(this.#reloadTimer);
    this.#reloadTimer = window.setTimeout(() => this.loadRuns(), MIN_SCAN_INTERVAL_MS);
  }

  #follow(changed: Changed): void {
    const any = (...names: (keyof State)[]) => names.some((name) => changed.has(name));
    if (any("runs", "run", "embedding", "step")) this.#choose();
    if (any("tags", "savedTags", "metadataUpload", "uploadNote")) this.#keepEdits();
    if (any("shown")) this.#loadPicture();
    if (any("metadataUpload")) this.#followMetadata();
  }

  /** If a reload changed nothing shown, nothing is fetched; a new step keeps the picture until its own has arrived. */
  #choose(): void {
    const { runs, shown, run, embedding, step } = this.store.state;
    const chosen = runs === null ? null : this.#chooseAmong(runs, { run, embedding, step });
    if (chosen === shown || (chosen && shown && isSameShown(chosen, shown))) return;
    const keepsPoints = chosen !== null && shown !== null && isSameEmbedding(chosen, shown);
    const keepsColumns = keepsPoints && chosen.embedding.metadata?.version === shown.embedding.metadata?.version;
    this.store.set({
      shown: chosen,
      neighborhood: null,
      hover: null,
      ...(keepsPoints ? {} : this.#otherPoints(chosen)),
      ...(keepsColumns ? {} : NO_COLUMNS),
    });
  }

  /** The edits of a tensor come back with it. */
  #otherPoints(chosen: Shown | null): Partial<State> {
    const { shown, tensorEdits } = this.store.state;
    const none = shown === null ? {} : NO_POINTS;
    return { projection: null, painted: null, ...none, ...(chosen && editsOf(tensorEdits, chosen)) };
  }

  /** At once, not when another tensor is chosen: undo sets the tags together with the run. */
  #keepEdits(): void {
    const { state } = this.store;
    if (state.shown !== null) this.store.set({ tensorEdits: keepEdits(state.tensorEdits, state.shown, state) });
  }

  #chooseAmong(runs: Runs, wanted: Parameters<typeof chooseShown>[1]): Shown | null {
    const { run, embedding, step } = wanted;
    if (run !== null) return chooseShown(runs, wanted);
    const usual = this.#atFirstSight;
    const chosen = chooseShown(runs, {
      run: usual?.run ?? null,
      embedding: embedding ?? usual?.embedding ?? null,
      step,
    });
    // While the scan goes on, an earlier run may still come.
    if (runs.scan.done && chosen !== null && embedding === null) {
      this.#atFirstSight = { run: chosen.run.name, embedding: chosen.embedding.name };
    }
    return chosen;
  }

  async #loadPicture(): Promise<void> {
    const { shown } = this.store.state;
    this.tasks.cancel("metadata"); // It belonged to the previous data.
    this.tasks.forgive("metadata");
    if (shown === null) return;
    await this.actions.loadProjection();
    if (shown !== this.store.state.shown) return;
    this.store.set({ fileSprite: this.#makeSprite(shown) });
    if (this.store.state.fileMetadata === null) await this.#loadMetadata();
    if (shown === this.store.state.shown && this.#foundProblems()) await this.loadRuns();
  }

  /** Whether the first read of these files found problems that `/runs` had not reported. */
  #foundProblems(): boolean {
    const { runs, shown, projection, metadata, failures } = this.store.state;
    const found = [...(projection?.problems ?? []), ...(metadata?.problems ?? [])];
    const known = new Set(runs?.problems.map(problemKey));
    const isNew = withRun(found, shown?.run.name ?? null).some((problem) => !known.has(problemKey(problem)));
    return isNew || failures.projection !== undefined || failures.metadata !== undefined;
  }

  async #loadMetadata(): Promise<void> {
    const { shown, metadataUpload } = this.store.state;
    if (shown === null || (shown.embedding.metadata === null && metadataUpload === null)) return;
    const words = `Reading ${metadataUpload === null ? shown.embedding.metadata!.file : "the loaded metadata"}`;
    const fileMetadata = await this.tasks.run("metadata", words, (signal) =>
      fetchMetadata(this.client, shown, metadataUpload, signal),
    );
    const isCurrent = shown === this.store.state.shown && metadataUpload === this.store.state.metadataUpload;
    if (fileMetadata !== undefined && isCurrent) this.store.set({ fileMetadata });
  }

  /** Otherwise axes and searches would wait silently for metadata that is no longer read. */
  #reportCanceled(): void {
    const fix = "There are no labels and colors until it is read.";
    this.tasks.fail("metadata", { message: "Reading the metadata was canceled.", fix });
  }

  /** Loads other metadata for the same points. If there is no picture yet, loading follows it. */
  #followMetadata(): void {
    if (this.store.state.projection === null) return;
    this.tasks.cancel("metadata");
    this.tasks.forgive("metadata");
    this.store.set(NO_COLUMNS_YET);
    this.#loadMetadata();
  }

  #makeSprite(shown: Shown): Sprite | null {
    const { sprite: file } = shown.embedding;
    if (file === null) return null;
    const sprite = makeSprite(file, (page) => spriteUrl(this.client, shown, page));
    const { fileSprite: old } = this.store.state;
    return old?.urls[0] === sprite.urls[0] ? old : sprite;
  }
}
