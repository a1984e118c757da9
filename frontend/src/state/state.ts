/** Everything the page knows, each field with its default; the fields with a text form make up the view. */
import { AS_IS_AT_FIRST, type AsIsAxes, readAsIs, writeAsIs } from "../data/as_is";
import { AXES_AT_FIRST, type AxisChoices, type AxisCount, readAxes, writeAxes } from "../data/axes";
import type { Legend } from "../data/coloring";
import { type Coordinates, METHODS, type Method } from "../data/coordinates";
import type { Loadings } from "../data/loadings";
import type { Metadata } from "../data/metadata";
import { METRICS, type Metric, type Neighborhood } from "../data/neighborhood";
import type { Projection } from "../data/projection";
import type { Quality } from "../data/quality";
import type { Runs, Shown } from "../data/runs";
import type { Sprite } from "../data/sprite";
import { ADDRESS_FIELDS, type AddressState } from "../page/address_fields";
import { ARITHMETIC_FIELDS, type ArithmeticState } from "../features/sums/fields";
import { BOOKMARK_FIELDS, type BookmarkState } from "../features/bookmarks/fields";
import { CAMERA_FIELDS, type CameraFields } from "../features/navigation/camera_fields";
import { COLOR_FIELDS, type ColorState } from "../features/coloring/fields";
import { DRAWING_FIELDS, type DrawingState } from "../features/drawing/fields";
import { EXPORT_FIELDS, type ExportState } from "../features/saving/fields";
import { choice, type Field, flag, held, number, optionalName, optionalWhole, whole, wholes } from "../data/field";
import { FILTER_FIELDS, type FilterState } from "../features/table/filter_fields";
import type { LayoutStatus } from "../features/layout/status";
import { METADATA_FIELDS, type MetadataState } from "../features/data/metadata_fields";
import { NAVIGATION_FIELDS, type NavigationState } from "../features/navigation/fields";
import { PALETTE_FIELDS, type PaletteState } from "../page/palette_fields";
import { SEARCH_FIELDS, type SearchState } from "../features/search/fields";
import { SELECTION_FIELDS, type SelectionState } from "../features/selection/fields";
import { TABLE_FIELDS, type TableState } from "../features/table/fields";

/** Lists of points that the inspector shows; of these the first there is, unless another one was asked for. */
export const LISTS = ["neighbors", "matches", "sum"] as const;
export type ListName = (typeof LISTS)[number];

/** Work that somebody may be waiting for. */
export const TASKS = [
  ...(["runs", "projection", "metadata", "neighbors", "search", "sum"] as const),
  /** The neighbor graph of a layout, which the server computes; and the layout's own work before its first iteration. */
  ...(["graph", "layout"] as const),
  ...(["axes", "dimensions", "quality", "loadings", "subset", "upload", "images"] as const),
] as const;
export type TaskName = (typeof TASKS)[number];

export interface Task {
  /** «Computing PCA of 1,000,000 × 128» */
  readonly words: string;
  /** Of `performance.now()`. */
  readonly startedAtMs: number;
  /** Of work that knows how far it is. */
  readonly progress?: Progress;
}

export interface Progress {
  /** Done, 0 to 1; null: nobody can say. */
  readonly share: number | null;
  readonly secondsLeft: number | null;
}

export interface Failure {
  readonly message: string;
  readonly fix: string;
  /** «train/metadata.tsv:17», where a file is at fault. */
  readonly place?: string | null;
}

export interface Hover {
  readonly row: number;
  /** In the picture, px from its top left. */
  readonly x: number;
  readonly y: number;
}

/** The quality of a picture, and which picture that was. */
export interface MeasuredQuality extends Quality {
  readonly of: Coordinates;
}

/** The rows that lie nearest to a row on the screen, nearest first. */
export interface ScreenNeighbors {
  readonly row: number;
  readonly rows: Int32Array;
}

export interface State
  extends ArithmeticState,
    PaletteState,
    SearchState,
    SelectionState,
    NavigationState,
    FilterState,
    TableState,
    DrawingState,
    CameraFields,
    AddressState,
    ColorState,
    MetadataState,
    BookmarkState,
    ExportState {
  // The view: what the address names.
  run: string | null;
  embedding: string | null;
  step: number | null;
  /** A column's name; null: the best there is. */
  labelBy: string | null;
  /** A column's name; "": none; null: the best there is. */
  colorBy: string | null;
  showImages: boolean;
  showLabels: boolean;
  dimensions: 2 | 3;
  /** The components on X, Y and Z, 0-based. */
  components: readonly number[];
  metric: Metric;
  neighborCount: number;
  /** The selected point. */
  row: number | null;
  /** Which of the inspector's lists is in front, when there are several. */
  list: ListName;
  /** Which projection is shown. */
  method: Method;
  /** Each vector less the mean, then scaled to length one, before anything is measured. */
  spherize: boolean;
  perplexity: number;
  /** 0: automatic. */
  learningRate: number;
  /** How much stronger neighbors attract at first. */
  exaggeration: number;
  /** Of layouts. */
  seed: number;
  /** A column that layouts keep the classes of together; null: none. */
  superviseBy: string | null;
  /** How much it counts, 0 to 1. */
  supervision: number;
  /** The point itself counted, as umap-learn does. */
  umapNeighbors: number;
  minDist: number;
  spread: number;
  /** 0: automatic. */
  epochs: number;
  /** The custom axes. */
  axes: AxisChoices;
  /** What is drawn as it is. */
  asIs: AsIsAxes;

  // How this window is laid out.
  theme: "light" | "dark";
  leftWidth: number;
  rightWidth: number;
  leftOpen: boolean;
  rightOpen: boolean;
  /** There is no room for panels beside the picture: they come over it, one at a time. */
  isNarrow: boolean;
  helpOpen: boolean;
  problemsOpen: boolean;
  legendOpen: boolean;

  // What was fetched, and what is under way.
  runs: Runs | null;
  shown: Shown | null;
  /** PCA, whichever method is shown: it is the first picture, and what layouts start from. */
  projection: Projection | null;
  /** What the method shown gave; null: nothing yet, PCA's picture stands in. PCA's own is `projection`. */
  coordinates: Coordinates | null;
  /** The layout that is there, whichever method is shown. */
  layout: LayoutStatus | null;
  /** Of X, Y and Z: what their searches found; null: not looked for yet. */
  axisCounts: readonly (AxisCount | null)[];
  loadings: Loadings | null;
  quality: MeasuredQuality | null;
  /** Colors show each point's share of kept neighbors while there is a `quality` to show. */
  colorByQuality: boolean;
  /** Of the selected point, while the picture rests. */
  screenNeighbors: ScreenNeighbors | null;
  metadata: Metadata | null;
  /** The sheet that the picture shows. */
  sprite: Sprite | null;
  /** The one that the embedding has. */
  fileSprite: Sprite | null;
  neighborhood: Neighborhood | null;
  legend: Legend | null;
  hover: Hover | null;
  /** Points that the picture holds and has drawn. */
  painted: number | null;
  tasks: Partial<Record<TaskName, Task>>;
  failures: Partial<Record<TaskName | "picture", Failure>>;
}

/** As many as /projections offers. */
export const MOST_COMPONENTS = 10;
/** As the control's ends; /neighbors answers 1 to 1,000. */
export const NEIGHBOR_COUNT = { least: 5, most: 1000 } as const;
/** As the controls' ends. A row has at most 300 neighbors in a graph, of which t-SNE wants three times the perplexity. */
export const PERPLEXITY = { least: 2, most: 100 } as const;
export const LEARNING_RATE = { least: 0, most: 100_000 } as const;
export const EXAGGERATION = { least: 1, most: 100 } as const;
export const SEED = { least: 0, most: 2 ** 31 - 1 } as const;
export const UMAP_NEIGHBORS = { least: 2, most: 200 } as const;
export const MIN_DIST = { least: 0, most: 10 } as const;
export const SPREAD = { least: 0.1, most: 10 } as const;
export const EPOCHS = { least: 0, most: 10_000 } as const;
/** Neighbors of each point that the quality of a picture goes by. */
export const QUALITY_K = 15;
export const PANEL_WIDTH = { least: 220, most: 520 } as const;

export const FIELDS: { readonly [Name in keyof State]: Field<State[Name]> } = {
  run: optionalName(),
  embedding: optionalName(),
  step: optionalWhole(0),
  labelBy: optionalName(),
  colorBy: optionalName(),
  showImages: flag(true),
  showLabels: flag(true),
  dimensions: choice<2 | 3>(3, [2, 3]),
  components: wholes([0, 1, 2], 0, MOST_COMPONENTS - 1),
  metric: choice<Metric>("cosine", METRICS),
  neighborCount: whole(100, NEIGHBOR_COUNT.least, NEIGHBOR_COUNT.most),
  row: optionalWhole(0),
  list: choice<ListName>("neighbors", LISTS),
  method: choice<Method>("pca", METHODS),
  spherize: flag(false),
  perplexity: number(30, PERPLEXITY.least, PERPLEXITY.most),
  learningRate: number(0, LEARNING_RATE.least, LEARNING_RATE.most),
  exaggeration: number(12, EXAGGERATION.least, EXAGGERATION.most),
  seed: whole(0, SEED.least, SEED.most),
  superviseBy: optionalName(),
  supervision: number(0.5, 0, 1),
  umapNeighbors: whole(15, UMAP_NEIGHBORS.least, UMAP_NEIGHBORS.most),
  minDist: number(0.1, MIN_DIST.least, MIN_DIST.most),
  spread: number(1, SPREAD.least, SPREAD.most),
  epochs: whole(0, EPOCHS.least, EPOCHS.most),
  axes: { initial: AXES_AT_FIRST, text: { read: readAxes, write: writeAxes } },
  asIs: { initial: AS_IS_AT_FIRST, text: { read: readAsIs, write: writeAsIs } },

  theme: held("light"),
  leftWidth: held(280),
  rightWidth: held(320),
  leftOpen: held(true),
  rightOpen: held(true),
  isNarrow: held(false),
  helpOpen: held(false),
  problemsOpen: held(false),
  legendOpen: held(true),

  runs: held(null),
  shown: held(null),
  projection: held(null),
  coordinates: held(null),
  layout: held(null),
  axisCounts: held([null, null, null]),
  loadings: held(null),
  quality: held(null),
  colorByQuality: held(false),
  screenNeighbors: held(null),
  metadata: held(null),
  sprite: held(null),
  fileSprite: held(null),
  neighborhood: held(null),
  legend: held(null),
  hover: held(null),
  painted: held(null),
  tasks: held({}),
  failures: held({}),

  ...ARITHMETIC_FIELDS,
  ...PALETTE_FIELDS,
  ...SEARCH_FIELDS,
  ...SELECTION_FIELDS,
  ...NAVIGATION_FIELDS,
  ...FILTER_FIELDS,
  ...TABLE_FIELDS,
  ...DRAWING_FIELDS,
  ...CAMERA_FIELDS,
  ...ADDRESS_FIELDS,
  ...COLOR_FIELDS,
  ...METADATA_FIELDS,
  ...BOOKMARK_FIELDS,
  ...EXPORT_FIELDS,
};

export function initialState(): State {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, field.initial])) as unknown as State;
}
