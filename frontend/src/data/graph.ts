/** The k nearest neighbors of every row: the input of layouts. */
import { AnswerError, ArrowAnswer } from "./arrow_answer";
import type { Problem } from "./runs";

/** A search for neighbors: its recall on random rows, and the seconds of processor time that it takes for all. */
export interface TriedSearch {
  readonly method: "exact" | "ivf" | "hnsw";
  readonly recall: number;
  readonly seconds: number;
}

export interface NeighborGraph {
  /** Rows of the embedding, or of the subset. */
  readonly rows: number;
  readonly k: number;
  /** Rows × k, nearest first; -1 for missing neighbors. Indices within the subset. A view of the response's bytes. */
  readonly neighbors: Int32Array;
  /** Rows × k; NaN for missing neighbors. */
  readonly distances: Float32Array;
  readonly metric: string;
  /** Preprocessing of the vectors: «as stored» or «spherized». */
  readonly space: string;
  /** Number of rows that have neighbors. */
  readonly linkedRows: number;
  readonly method: "exact" | "ivf" | "hnsw";
  /** Fraction, 0 to 1, of the true neighbors that were found, measured on `recallRows` random rows. */
  readonly recall: number;
  readonly recallRows: number;
  /** The searches that `method` was chosen from; none for few rows. */
  readonly tried: readonly TriedSearch[];
  /** Number of rows that are equal to at least `k` others: all their neighbors are equal to them. */
  readonly crowdedRows: number;
  readonly problems: readonly Problem[];
  /** A few neighbors of each row, found before the others and less reliably; null if they were not. */
  readonly first: NeighborGraph | null;
}

interface GraphDocument {
  k: number;
  metric: string;
  space: string;
  rows: number;
  linked_rows: number;
  method: "exact" | "ivf" | "hnsw";
  recall: number;
  recall_rows: number;
  tried: readonly TriedSearch[];
  equal_groups: readonly (readonly [size: number, groups: number])[];
  first: Pick<GraphDocument, "k" | "method" | "recall"> | null;
}

/** Parses the response of `/graph` without copying: at 500,000 rows × 30 it holds 120 MB. */
export function parseGraph(bytes: Uint8Array): NeighborGraph {
  const answer = new ArrowAnswer(bytes);
  const graph = answer.document<GraphDocument>("graph");
  const whole = readGraph(answer, graph, "");
  const first = graph.first === null ? null : readGraph(answer, { ...graph, ...graph.first }, "first_");
  return { ...whole, first };
}

function readGraph(answer: ArrowAnswer, graph: GraphDocument, prefix: "" | "first_"): NeighborGraph {
  const { k, metric, space, rows, method, recall } = graph;
  const neighbors = answer.lists(`${prefix}neighbor`, k);
  const distances = answer.lists(`${prefix}distance`, k);
  if (!(neighbors instanceof Int32Array) || !(distances instanceof Float32Array)) {
    throw new AnswerError("The graph's columns do not hold int32 and float32.");
  }
  return {
    ...{ rows, k, recall, linkedRows: graph.linked_rows, recallRows: graph.recall_rows },
    crowdedRows: countCrowded(graph),
    tried: graph.tried,
    ...{ neighbors, distances, metric, space, method, problems: answer.problems, first: null },
  };
}

/** A copy whose arrays can be given away without those of the answer that they came with. */
export function copyGraph(graph: NeighborGraph): NeighborGraph {
  return { ...graph, neighbors: graph.neighbors.slice(), distances: graph.distances.slice() };
}

function countCrowded({ equal_groups, k }: GraphDocument): number {
  return equal_groups.reduce((sum, [size, groups]) => sum + (size > k ? size * groups : 0), 0);
}
