/** Derives a layout's request from the state: neighbors, options, and notes on what differs from the user's choice. */

import type { LayoutMethod } from "../../data/coordinates";
import { formatCount, formatNumber, plural } from "../../data/format";
import type { NeighborGraph } from "../../data/graph";
import type { LayoutStatus } from "../../data/layout_status";
import { gatherColumn } from "../../data/space";
import type { State } from "../../state/state";
import { TaskError } from "../../work/task_error";
import type { LayoutTask, TsneOptions, UmapOptions } from "../../worker/layouts";
import { STARTED_WITH } from "./started_with";
import { supervisionOf } from "./supervision";

type Read = Readonly<State>;

/** Number of rows from which neighbors are limited: a graph of 500,000 rows × 90 would fill a browser tab's memory. */
const MANY_ROWS = 500_000;
const MAX_NEIGHBORS_MANY_ROWS = 30;
const MAX_NEIGHBORS = 300;
/** Number of neighbors that t-SNE uses, as a multiple of the perplexity. */
const NEIGHBORS_PER_PERPLEXITY = 3;
/** Duration of the early exaggeration, as in every implementation since van der Maaten's. */
const EXAGGERATION_ITERATIONS = 250;
/** umap-learn's default number of epochs. */
const UMAP_EPOCHS = { manyRows: 10_000, few: 500, many: 200 };
const ONLY_FIRST = "It goes on with the first neighbors of each point: the search for the others has ended.";
const RANDOM_START = "It starts from random places: PCA has too few components, or none of these points.";

/** Number of neighbors per row in the layout's graph. Throws TaskError if there are too few rows. */
export function neighborsWanted(method: LayoutMethod, state: Read, rows: number): number {
  if (rows < 2) {
    throw new TaskError(
      `A layout needs two points at least; there ${rows === 1 ? "is one" : "is none"}.`,
      "Choose another embedding, or draw this one as it is.",
    );
  }
  const wanted = method === "tsne" ? Math.floor(NEIGHBORS_PER_PERPLEXITY * state.perplexity) : state.umapNeighbors - 1;
  const max = rows >= MANY_ROWS ? MAX_NEIGHBORS_MANY_ROWS : MAX_NEIGHBORS;
  return Math.max(1, Math.min(wanted, max, rows - 1));
}

/** The perplexity that a graph with k neighbors supports; 3.5 needs 10.5 neighbors, and 10 are enough. */
function perplexityFor(state: Read, k: number): number {
  const isEnough = k >= Math.floor(NEIGHBORS_PER_PERPLEXITY * state.perplexity);
  return isEnough ? state.perplexity : Math.max(1, k / NEIGHBORS_PER_PERPLEXITY);
}

/** The status before the graph has arrived. */
export function initialStatus(method: LayoutMethod, state: Read, k: number): LayoutStatus {
  const numbers = {
    iteration: 0,
    iterations: null,
    perSecond: 0,
    klDivergence: null,
    recall: 0,
    recallRows: 0,
    tried: [],
  };
  const startedWith = Object.fromEntries(STARTED_WITH[method].map((name) => [name, state[name]]));
  const words = { notes: [], problems: [], pausedBecause: null, awaited: null, isHeld: false };
  return { of: method, phase: "graph", k, method: "exact", ...numbers, ...words, startedWith };
}

/** The same of a graph of the first neighbors, while the others are searched. */
export function describeFirst(method: LayoutMethod, state: Read, graph: NeighborGraph): Partial<LayoutStatus> {
  return { ...describeGraph(method, state, graph), notes: [], awaited: neighborsWanted(method, state, graph.rows) };
}

/** Changes that to a layout which keeps its first neighbors: the others cannot be had. */
export function describeOnlyFirst(method: LayoutMethod, state: Read, graph: NeighborGraph): Partial<LayoutStatus> {
  const why = `only the first ${plural(graph.k, "neighbor")} of each point`;
  return { awaited: null, isHeld: false, notes: [ONLY_FIRST, ...notesOn(method, state, graph, why)] };
}

/** Adds what the graph determines about the layout. */
export function describeGraph(method: LayoutMethod, state: Read, graph: NeighborGraph): Partial<LayoutStatus> {
  const { k, recall, recallRows, tried, problems } = graph;
  const iterations = iterationsOf(method, state, graph.linkedRows);
  return {
    k,
    method: graph.method,
    recall,
    recallRows,
    tried,
    problems,
    iterations,
    notes: notesOn(method, state, graph, fewerBecause(graph)),
  };
}

/** Why the graph may have fewer neighbors than were asked for. */
function fewerBecause({ rows, k }: NeighborGraph): string {
  return rows >= MANY_ROWS && k === MAX_NEIGHBORS_MANY_ROWS
    ? `k = ${k} from ${formatCount(MANY_ROWS)} points on, so that the graph fits into the browser`
    : `${formatCount(rows)} points have at most ${plural(k, "neighbor")} each`;
}

/** Number of iterations or epochs planned; null: until stopped. */
function iterationsOf(method: LayoutMethod, state: Read, linkedRows: number): number | null {
  if (method === "tsne") return null;
  const automatic = linkedRows <= UMAP_EPOCHS.manyRows ? UMAP_EPOCHS.few : UMAP_EPOCHS.many;
  return state.epochs === 0 ? automatic : state.epochs;
}

/** Deviations from the request, with reasons, and what the picture cannot show; `why` it may have fewer neighbors. */
function notesOn(method: LayoutMethod, state: Read, graph: NeighborGraph, why: string): string[] {
  const { note } = supervisionOf(state);
  const start = startComponents(state) === null ? [RANDOM_START] : [];
  return [...deviationsOf(method, state, graph, why), ...start, ...(note === null ? [] : [note]), ...islandsOf(graph)];
}

function islandsOf({ k, crowdedRows }: NeighborGraph): string[] {
  if (crowdedRows === 0) return [];
  const points = crowdedRows === 1 ? "1 point is" : `${formatCount(crowdedRows)} points are`;
  return [
    `${points} equal to ${k} others or more, so that all their neighbors are copies of them: such points form islands, whose places beside others mean nothing.`,
  ];
}

function deviationsOf(method: LayoutMethod, state: Read, { k }: NeighborGraph, why: string): string[] {
  if (method === "umap") {
    const { umapNeighbors, minDist, spread } = state;
    const neighbors = k < umapNeighbors - 1 ? [`Neighbors ${k + 1}: ${why}.`] : [];
    return minDist > spread ? [...neighbors, `Min. distance ${spread}: no more than the spread.`] : neighbors;
  }
  const perplexity = perplexityFor(state, k);
  return perplexity < state.perplexity ? [`Perplexity ${formatNumber(Math.round(10 * perplexity) / 10)}: ${why}.`] : [];
}

/** `isFirst`: the graph has only the first neighbors, with which the early exaggeration runs. */
export function makeTask(method: LayoutMethod, state: Read, graph: NeighborGraph, isFirst = false): LayoutTask {
  const options = {
    dimensions: state.dimensions,
    seed: state.seed,
    initial: initialPositions(state, graph.rows),
    labels: supervisionOf(state).labels?.slice() ?? null, // The worker takes it over.
  };
  return method === "tsne"
    ? {
        ...{ method, graph, options: { ...options, ...tsneOptions(state, graph) } },
        ...(isFirst ? { holdAt: EXAGGERATION_ITERATIONS } : {}),
      }
    : { method, graph, options: { ...options, ...umapOptions(state) } };
}

function tsneOptions(
  state: Read,
  graph: NeighborGraph,
): Omit<TsneOptions, "dimensions" | "seed" | "initial" | "labels"> {
  return {
    perplexity: perplexityFor(state, graph.k),
    learningRate: state.learningRate === 0 ? null : state.learningRate,
    exaggeration: state.exaggeration,
    exaggerationIterations: EXAGGERATION_ITERATIONS,
    supervision: state.supervision,
  };
}

function umapOptions(state: Read): Omit<UmapOptions, "dimensions" | "seed" | "initial" | "labels"> {
  const { minDist, spread, epochs, supervision } = state;
  return { minDist: Math.min(minDist, spread), spread, epochs: epochs === 0 ? null : epochs, supervision };
}

/** PCA's coordinates, so that the same seed gives the same layout; null for a random start. */
function initialPositions(state: Read, rows: number): Float32Array | null {
  const components = startComponents(state);
  if (components === null) return null;
  const positions = new Float32Array(state.dimensions * rows);
  components.forEach((component, axis) => {
    positions.set(gatherColumn(component, state.subset), axis * rows);
  });
  return positions;
}

/** Null if PCA has too few components, or is of other isolated points, as after it was canceled. */
function startComponents({ projection, dimensions, subset }: Read): readonly Float32Array[] | null {
  if (projection === null) return null;
  if (projection.subset != null && projection.subset !== subset) return null;
  return projection.components.length < dimensions ? null : projection.components.slice(0, dimensions);
}
