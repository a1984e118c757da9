/** Everything the page knows, each field with its default; the fields with a text form make up the view. */
import type { Legend } from "../data/coloring";
import type { Metadata } from "../data/metadata";
import { METRICS, type Metric, type Neighborhood } from "../data/neighborhood";
import type { Projection } from "../data/projection";
import type { Runs, Shown } from "../data/runs";
import { choice, type Field, flag, held, optionalName, optionalWhole, whole, wholes, words } from "./fields";

/** Work that somebody may be waiting for. */
export const TASKS = ["runs", "projection", "metadata", "neighbors", "search"] as const;
export type TaskName = (typeof TASKS)[number];

export interface Task {
  /** «Computing PCA of 1,000,000 × 128» */
  readonly words: string;
  /** Of `performance.now()`. */
  readonly startedAtMs: number;
}

export interface Failure {
  readonly message: string;
  readonly fix: string;
  /** «train/metadata.tsv:17», where a file is at fault. */
  readonly place?: string | null;
}

export interface Sprite {
  readonly url: string;
  readonly columns: number;
  readonly rows: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
  /** px of the whole sheet, which may be wider than its columns. */
  readonly imageWidth: number;
}

export interface Hover {
  readonly row: number;
  /** In the picture, px from its top left. */
  readonly x: number;
  readonly y: number;
}

export interface State {
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
  query: string;
  /** A column's name; null: the one that labels. "": all. */
  searchIn: string | null;
  regex: boolean;
  /** The selected point. */
  row: number | null;
  /** Which of the inspector's two lists is in front, when there are two. */
  list: "matches" | "neighbors";

  // How this window is laid out.
  theme: "light" | "dark";
  leftWidth: number;
  rightWidth: number;
  leftOpen: boolean;
  rightOpen: boolean;
  helpOpen: boolean;
  problemsOpen: boolean;
  legendOpen: boolean;

  // What was fetched, and what is under way.
  runs: Runs | null;
  shown: Shown | null;
  projection: Projection | null;
  metadata: Metadata | null;
  sprite: Sprite | null;
  neighborhood: Neighborhood | null;
  matches: Int32Array | null;
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
  query: words(""),
  searchIn: optionalName(),
  regex: flag(false),
  row: optionalWhole(0),
  list: choice<"matches" | "neighbors">("neighbors", ["matches", "neighbors"]),

  theme: held("light"),
  leftWidth: held(280),
  rightWidth: held(320),
  leftOpen: held(true),
  rightOpen: held(true),
  helpOpen: held(false),
  problemsOpen: held(false),
  legendOpen: held(true),

  runs: held(null),
  shown: held(null),
  projection: held(null),
  metadata: held(null),
  sprite: held(null),
  neighborhood: held(null),
  matches: held(null),
  legend: held(null),
  hover: held(null),
  painted: held(null),
  tasks: held({}),
  failures: held({}),
};

export function initialState(): State {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, field.initial])) as unknown as State;
}
