/** Answers about graphs, axes, dimensions, loadings and quality, as the reference writer writes them. */
import { describe, expect, it } from "vitest";
import { AnswerError } from "../../../src/data/arrow_answer";
import { parseAxes, parseDimensions } from "../../../src/data/axes_answer";
import { countFiniteRows } from "../../../src/data/coordinates";
import { copyGraph, parseGraph } from "../../../src/data/graph";
import { parseLoadings, writeLoadings } from "../../../src/data/loadings";
import { parseQuality } from "../../../src/data/quality";
import { gatherColumn, spreadColumn } from "../../../src/data/space";
import { arrowBytes } from "../arrow_bytes";
import { graphBytes } from "../graph_bytes";

describe("a graph", () => {
  const neighbors = Int32Array.of(1, 2, 0, 2, -1, -1);
  const distances = Float32Array.of(0.5, 1, 0.5, 2, Number.NaN, Number.NaN);

  it("is parsed to views of the bytes that came", () => {
    const bytes = graphBytes(2, neighbors, distances);
    const graph = parseGraph(bytes);
    expect([graph.rows, graph.k, graph.method, graph.recall, graph.recallRows]).toEqual([3, 2, "hnsw", 0.995, 1000]);
    expect(graph.tried).toEqual([{ method: "exact", recall: 1, seconds: 60 }]);
    expect(graph.neighbors).toEqual(neighbors);
    expect(graph.distances).toEqual(distances);
    expect([graph.neighbors.buffer, graph.distances.buffer]).toEqual([bytes.buffer, bytes.buffer]);
    expect(graph.neighbors.buffer).toBe(bytes.buffer);
  });

  it("counts the rows that have k copies or more", () => {
    const groups = [
      [2, 7],
      [3, 4],
      [9, 1],
    ] as const;
    expect(parseGraph(graphBytes(2, neighbors, distances, groups)).crowdedRows).toBe(3 * 4 + 9);
    expect(parseGraph(graphBytes(2, neighbors, distances)).crowdedRows).toBe(0);
  });

  it("brings the neighbors along that were found first, which can be given away alone", () => {
    const found = { neighbors: Int32Array.of(2, 0, -1), distances: Float32Array.of(1, 0.5, Number.NaN) };
    const { first, ...whole } = parseGraph(graphBytes(2, neighbors, distances, [], found));
    expect([whole.k, whole.recall, first!.k, first!.method, first!.recall]).toEqual([2, 0.995, 1, "ivf", 0.9]);
    const copy = copyGraph(first!);
    expect([copy.neighbors, copy.distances]).toEqual([found.neighbors, found.distances]);
    expect(copy.neighbors.buffer).not.toBe(whole.neighbors.buffer);
    expect(parseGraph(graphBytes(2, neighbors, distances)).first).toBeNull();
  });

  it("of no rows at all has no neighbors", () => {
    const graph = parseGraph(graphBytes(1, new Int32Array(0), new Float32Array(0)));
    expect([graph.rows, graph.neighbors.length, graph.distances.length]).toEqual([0, 0, 0]);
  });

  it("whose columns are no lists is refused", () => {
    const columns = { neighbor: Int32Array.of(1), distance: Float32Array.of(1) };
    expect(() => parseGraph(arrowBytes(columns, { graph: { k: 1, rows: 1 } }))).toThrow(AnswerError);
  });
});

it("axes come in order, with what was averaged", () => {
  const columns = { axis1: Float32Array.of(1, 2), axis2: Float32Array.of(3, Number.NaN) };
  const axes = [
    { added: 5, subtracted: 7, length: 0.5, variance_ratio: 0.25 },
    { added: null, subtracted: null, length: null, variance_ratio: 0.125 },
  ];
  const answer = parseAxes(arrowBytes(columns, { projection: { axes, rows: 2, finite_rows: 1, space: "spherized" } }));
  expect(answer.columns).toEqual([columns.axis1, columns.axis2]);
  expect(answer.axes[0]).toEqual({ added: 5, subtracted: 7, length: 0.5, varianceRatio: 0.25 });
  expect([answer.axes[1]!.added, answer.finiteRows, answer.space]).toEqual([null, 1, "spherized"]);
});

it("dimensions come in the order asked for", () => {
  const bytes = arrowBytes({ dim7: Float32Array.of(7), dim0: Float32Array.of(0) }, { tensor: {} });
  expect(parseDimensions(bytes, [0, 7])).toEqual([Float32Array.of(0), Float32Array.of(7)]);
  expect(() => parseDimensions(bytes, [1])).toThrow("no column «dim1»");
});

it("loadings are a table", () => {
  const columns = { pc1: Float32Array.of(0.5, -0.25), pc2: Float32Array.of(0, 1) };
  const loadings = parseLoadings(arrowBytes(columns, { projection: { components: 2, space: "as stored" } }));
  expect(writeLoadings(loadings)).toBe("dimension\tpc1\tpc2\n0\t0.5\t0\n1\t-0.25\t1\n");
});

it("quality says how much was sampled", () => {
  const estimate = { value: 0.9, low: 0.89, high: 0.91 };
  const quality = {
    ...{ k: 15, metric: "cosine", space: "as stored", kept: 0.5, trustworthiness: estimate, continuity: estimate },
    ...{ sampled_rows: 2000, drawn_rows: 9000, rows: 10_000, recall: 1, seed: 0 },
  };
  const parsed = parseQuality(arrowBytes({ kept: Float32Array.of(0.5, Number.NaN) }, { quality }));
  expect(parsed).toMatchObject({ k: 15, kept: 0.5, sampledRows: 2000, drawnRows: 9000, trustworthiness: estimate });
  expect(parsed.keptByRow).toEqual(Float32Array.of(0.5, Number.NaN));
});

it("columns of a subset are spread over all rows, and gathered from them", () => {
  const subset = { name: "s", rows: Int32Array.of(1, 3), words: "" };
  const spread = spreadColumn(Float32Array.of(5, 6), subset, 4);
  expect(spread).toEqual(Float32Array.of(Number.NaN, 5, Number.NaN, 6));
  expect(gatherColumn(spread, subset)).toEqual(Float32Array.of(5, 6));
  expect(countFiniteRows(spread, Float32Array.of(0, 0, 0, Number.POSITIVE_INFINITY))).toBe(1);
});
