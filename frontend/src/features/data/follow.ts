/** Fetches what the state asks for, first picture first: metadata, images and neighbors come after it. */
import type { Client } from "../../api/client";
import { formatCount } from "../../data/format";
import { extendProjection, type Projection } from "../../data/projection";
import { chooseShown, isSameEmbedding, isSameShown, type Problem, type Runs, type Shown } from "../../data/runs";
import { type Space, spreadColumn } from "../../data/space";
import { makeSprite, type Sprite } from "../../data/sprite";
import { componentsOffered, spaceOf } from "../../state/derived";
import type { State, TaskName } from "../../state/state";
import type { Changed, Store } from "../../state/store";
import type { Tasks } from "../../work/tasks";

/** All components at once when they are this small; else those of the picture, the others when they are wanted. */
const SMALL_ANSWER_BYTES = 1 << 20;
/** While the server still looks through the logdir. */
const LOOK_AGAIN_MS = 500;
/** The server does not look at the logdir more often than this: what it says earlier may be what it saw before. */
const LOOK_PERIOD_MS = 3000;

/** Rows mean nothing in another embedding. */
const NO_POINTS = {
  row: null,
  selection: null,
  selectionWords: "",
  subset: null,
  trail: [],
  tags: [],
  metadataUpload: null,
  terms: [],
} as const satisfies Partial<State>;

/** Columns of other metadata are others, whatever they are called. */
const NO_COLUMNS_YET = {
  ...{ fileMetadata: null, metadata: null, matches: null, legend: null },
  ...{ filteredRows: null, sizeLegend: null },
} as const satisfies Partial<State>;
const NO_COLUMNS = { ...NO_COLUMNS_YET, sprite: null, fileSprite: null } as const satisfies Partial<State>;

export class Loading {
  /** Of what the projection in the state is. */
  #projected: { shown: Shown; space: Space } | null = null;
  #lookAgain = 0;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
  ) {
    store.subscribe((_state, changed) => this.#follow(changed));
  }

  /** `first` is a request that was sent before there was anyone to read it. */
  async loadRuns(first?: Promise<Runs>): Promise<void> {
    clearTimeout(this.#lookAgain);
    const words = "Looking for embeddings";
    const runs = await this.tasks.run(
      "runs",
      words,
      (signal) => first ?? this.client.fetchRuns(this.store.state.uploads, signal),
    );
    if (runs === undefined) return;
    this.store.set({ runs });
    if (!runs.looked.done) this.#lookAgain = window.setTimeout(() => this.loadRuns(), LOOK_AGAIN_MS);
  }

  /** Looks at the logdir again because somebody asked: now, and once more when the server's last look is surely over. */
  async reload(): Promise<void> {
    await this.loadRuns();
    clearTimeout(this.#lookAgain);
    this.#lookAgain = window.setTimeout(() => this.loadRuns(), LOOK_PERIOD_MS);
  }

  /** All components that the data has, for whoever wants to pick from them. */
  loadComponents(): void {
    const { projection, tasks } = this.store.state;
    const offered = componentsOffered(this.store.state);
    if (projection !== null && projection.components.length < offered && !tasks.projection)
      this.#loadProjection(offered);
  }

  retry(task: TaskName): void {
    const again: Partial<Record<TaskName, () => Promise<void>>> = {
      runs: () => this.loadRuns(),
      projection: () => this.#loadPicture(),
      metadata: () => this.#loadMetadata(),
      neighbors: () => this.#loadNeighborhood(),
    };
    again[task]?.();
  }

  cancel(task: TaskName): void {
    this.tasks.cancel(task);
    if (task === "projection" && this.store.state.projection === null) {
      this.tasks.fail(task, {
        message: "The projection was cancelled.",
        fix: "Nothing is drawn until it is computed.",
      });
    }
  }

  #follow(changed: Changed): void {
    const any = (...names: (keyof State)[]) => names.some((name) => changed.has(name));
    if (any("runs", "run", "embedding", "step")) this.#choose();
    if (any("shown")) this.#loadPicture();
    if (any("spherize", "subset")) this.#followSpace();
    if (any("metadataUpload")) this.#followMetadata();
    if (any("components")) this.#followComponents();
    if (any("row", "metric", "neighborCount", "projection")) this.#followSelection(changed);
  }

  /** A reload that changed nothing of what is shown fetches nothing; a new step keeps the picture until its own is there. */
  #choose(): void {
    const { runs, shown, run, embedding, step } = this.store.state;
    const chosen = runs === null ? null : chooseShown(runs, { run, embedding, step });
    if (chosen === shown || (chosen && shown && isSameShown(chosen, shown))) return;
    const keepsPoints = chosen !== null && shown !== null && isSameEmbedding(chosen, shown);
    const keepsColumns = keepsPoints && chosen.embedding.metadata?.version === shown.embedding.metadata?.version;
    this.store.set({
      shown: chosen,
      neighborhood: null,
      hover: null,
      ...(keepsPoints ? {} : { projection: null, painted: null }),
      ...(keepsPoints || shown === null ? {} : NO_POINTS),
      ...(keepsColumns ? {} : NO_COLUMNS),
    });
  }

  async #loadPicture(): Promise<void> {
    const { shown } = this.store.state;
    for (const task of ["metadata", "neighbors"] as const) this.tasks.cancel(task); // They were about what was shown before.
    this.tasks.forgive("projection", "metadata", "neighbors");
    if (shown === null) return;
    await this.#loadProjection(this.#componentsAtFirst(shown));
    if (shown !== this.store.state.shown) return;
    this.store.set({ fileSprite: this.#makeSprite(shown) });
    if (this.store.state.fileMetadata === null) await this.#loadMetadata();
    if (shown === this.store.state.shown && this.#foundProblems()) await this.loadRuns();
  }

  /** Whether the first read of these files found something that `/runs` did not say before. */
  #foundProblems(): boolean {
    const { runs, projection, metadata, failures } = this.store.state;
    const found = [...(projection?.problems ?? []), ...(metadata?.problems ?? [])];
    const isNew = (one: Problem) => !runs?.problems.some((old) => old.run === one.run && old.message === one.message);
    return found.some(isNew) || failures.projection !== undefined || failures.metadata !== undefined;
  }

  #componentsAtFirst(shown: Shown): number {
    const offered = componentsOffered(this.store.state);
    const drawn = Math.max(3, ...this.store.state.components.map((component) => component + 1));
    const bytes = shown.step.shape[0] * offered * Float32Array.BYTES_PER_ELEMENT;
    return bytes <= SMALL_ANSWER_BYTES ? offered : Math.min(offered, drawn);
  }

  async #loadProjection(components: number): Promise<void> {
    const { shown, projection: old } = this.store.state;
    if (shown === null) return;
    const space = spaceOf(this.store.state);
    const [rows, dims] = shown.step.shape;
    const words = `Computing PCA of ${formatCount(space.subset?.rows.length ?? rows)} × ${formatCount(dims)}`;
    const projection = await this.tasks.run("projection", words, (signal) =>
      this.client.fetchProjection(shown, components, space, signal),
    );
    if (projection === undefined || shown !== this.store.state.shown) return;
    if (!isSameSpace(space, spaceOf(this.store.state))) return; // The newer request's answer is on its way.
    const isMore = old !== null && this.#projected?.shown === shown && isSameSpace(this.#projected.space, space);
    this.#projected = { shown, space };
    const whole = spreadProjection(projection, space, shown.step.shape[0]);
    this.store.set({ projection: isMore ? extendProjection(old, whole) : whole });
  }

  /** PCA and neighbors are of the space; layouts and axes say which space theirs are of. */
  #followSpace(): void {
    const { shown } = this.store.state;
    if (shown === null) return;
    this.store.set({ neighborhood: null });
    this.#loadProjection(this.#componentsAtFirst(shown));
  }

  #followComponents(): void {
    const { components, projection } = this.store.state;
    if (projection !== null && Math.max(...components) >= projection.components.length) this.loadComponents();
  }

  async #loadMetadata(): Promise<void> {
    const { shown, metadataUpload } = this.store.state;
    if (shown === null || (shown.embedding.metadata === null && metadataUpload === null)) return;
    const words = `Reading ${metadataUpload === null ? shown.embedding.metadata!.file : "the loaded metadata"}`;
    const fileMetadata = await this.tasks.run("metadata", words, (signal) =>
      this.client.fetchMetadata(shown, metadataUpload, signal),
    );
    const isCurrent = shown === this.store.state.shown && metadataUpload === this.store.state.metadataUpload;
    if (fileMetadata !== undefined && isCurrent) this.store.set({ fileMetadata });
  }

  /** Other metadata for the same points. Before there is a picture, that of the address waits for its turn. */
  #followMetadata(): void {
    if (this.store.state.projection === null) return;
    this.tasks.cancel("metadata");
    this.tasks.forgive("metadata");
    this.store.set(NO_COLUMNS_YET);
    this.#loadMetadata();
  }

  /** Neighbors are asked for once there is a picture, and for a row that exists. */
  #followSelection(changed: Changed): void {
    const { row, projection, neighborhood } = this.store.state;
    if (projection === null) return;
    if (row !== null && row >= projection.rows) {
      this.store.set({ row: null });
      return;
    }
    const isPictureOnly = !changed.has("row") && !changed.has("metric") && !changed.has("neighborCount");
    if (isPictureOnly && (row === null || neighborhood !== null)) return;
    this.#loadNeighborhood();
  }

  async #loadNeighborhood(): Promise<void> {
    const { shown, row, metric, neighborCount, subset } = this.store.state;
    if (shown === null || row === null) {
      this.tasks.cancel("neighbors");
      this.tasks.forgive("neighbors");
      return this.store.set({ neighborhood: null });
    }
    const rows = subset?.rows.length ?? shown.step.shape[0];
    const k = Math.max(1, Math.min(neighborCount, rows - 1));
    const words = `Measuring distances to ${formatCount(rows)} points`;
    const neighborhood = await this.tasks.run("neighbors", words, (signal) =>
      this.client.fetchNeighborhood(shown, { row, k, metric }, spaceOf(this.store.state), signal),
    );
    if (neighborhood !== undefined && shown === this.store.state.shown) this.store.set({ neighborhood });
  }

  #makeSprite(shown: Shown): Sprite | null {
    const { sprite: file } = shown.embedding;
    if (file === null) return null;
    const sprite = makeSprite(file, (page) => this.client.spriteUrl(shown, page));
    const { fileSprite: old } = this.store.state;
    return old?.urls[0] === sprite.urls[0] ? old : sprite;
  }
}

function isSameSpace(a: Space, b: Space): boolean {
  return a.spherize === b.spherize && a.subset === b.subset;
}

/** A subset's projection as columns of the whole embedding. */
function spreadProjection(projection: Projection, { subset }: Space, rows: number): Projection {
  if (subset === null) return projection;
  return {
    ...projection,
    rows,
    subset,
    components: projection.components.map((one) => spreadColumn(one, subset, rows)),
  };
}
