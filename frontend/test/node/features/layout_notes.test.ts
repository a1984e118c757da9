/** A layout's request: all of its options, and notes on where it deviates and what the picture cannot show. */
import { expect, it } from "vitest";
import type { NeighborGraph } from "../../../src/data/graph";
import { describeGraph, describeOnlyFirst, makeTask, neighborsWanted } from "../../../src/features/layout/settings";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { numberColumn, textColumn } from "../data/columns";
import { projectionOf } from "./shown_data";

const state: Readonly<State> = { ...new Store().state, projection: projectionOf(5) };

function notesFor(graph: Partial<NeighborGraph>) {
  const whole = { rows: 5000, k: 90, linkedRows: 5000, crowdedRows: 0, ...graph } as NeighborGraph;
  return (["tsne", "umap"] as const).map((method) => describeGraph(method, state, whole).notes);
}

it("says nothing about a graph that is as requested", () => {
  expect(notesFor({})).toEqual([[], []]);
});

it("says how many points are islands, and that their places mean nothing", () => {
  for (const notes of notesFor({ crowdedRows: 1200 })) {
    expect(notes).toHaveLength(1);
    expect(notes![0]).toMatch(/^1,200 points are equal to 90 others or more.*islands.*mean nothing/);
  }
});

it("says both where there are too few neighbors and too many copies", () => {
  for (const notes of notesFor({ rows: 6, k: 5, crowdedRows: 6 })) {
    expect(notes).toHaveLength(2);
    expect(notes![0]).toContain("6 points have at most 5 neighbors each");
  }
});

it("counts one neighbor in the singular", () => {
  for (const notes of notesFor({ rows: 2, k: 1 })) expect(notes![0]).toContain("2 points have at most 1 neighbor each");
});

it("says that half a million points have thirty neighbors each, and why", () => {
  expect(neighborsWanted("tsne", state, 500_000)).toBe(30);
  const [tsne, umap] = notesFor({ rows: 500_000, k: 30, linkedRows: 500_000 });
  expect(tsne).toEqual(["Perplexity 10: k = 30 from 500,000 points on, so that the graph fits into the browser."]);
  expect(umap).toEqual([]);
});

it("that keeps its first neighbors says so, and what follows from these beside all else", () => {
  const first = { rows: 600_000, k: 30, linkedRows: 600_000, crowdedRows: 1200 } as NeighborGraph;
  const odd = { ...state, perplexity: 20, projection: null, superviseBy: "gone" };
  expect(describeOnlyFirst("tsne", odd, first)).toMatchObject({ awaited: null, isHeld: false });
  expect(describeOnlyFirst("tsne", odd, first).notes).toEqual([
    expect.stringMatching(/^It goes on with the first neighbors/),
    "Perplexity 10: only the first 30 neighbors of each point.",
    expect.stringMatching(/^It starts from random places/),
    "Not supervised: there is no column «gone».",
    expect.stringMatching(/^1,200 points are equal to 30 others or more/),
  ]);
  expect(describeOnlyFirst("tsne", { ...state, perplexity: 10 }, first).notes).toHaveLength(2); // It is as asked.
});

const TSNE = { perplexity: 1, learningRate: 300, exaggeration: 20, supervision: 0.5, seed: 7 };
const UMAP = { umapNeighbors: 3, minDist: 0.3, spread: 2, epochs: 50, supervision: 0.5, seed: 7 };
const GRAPH = { rows: 5, k: 3, linkedRows: 5, crowdedRows: 0 } as NeighborGraph;

/** The first components of these rows, one after the other. */
function placesOf(rows: number[], dimensions: 2 | 3): number[] {
  const components = state.projection!.components.slice(0, dimensions);
  return components.flatMap((component) => rows.map((row) => component[row]!));
}

it.each([2, 3] as const)("gives t-SNE in %i-D everything that was chosen, and PCA's places", (dimensions) => {
  const { method, graph, options, ...more } = makeTask("tsne", { ...state, ...TSNE, dimensions }, GRAPH);
  expect([method, graph, more]).toEqual(["tsne", GRAPH, {}]);
  const start = { initial: Float32Array.from(placesOf([0, 1, 2, 3, 4], dimensions)), labels: null };
  expect(options).toEqual({ ...TSNE, ...start, dimensions, exaggerationIterations: 250 });
  expect(makeTask("tsne", { ...state, learningRate: 0 }, GRAPH).options).toMatchObject({ learningRate: null });
  expect(makeTask("tsne", state, GRAPH, true)).toMatchObject({ holdAt: 250 });
});

it.each([2, 3] as const)("gives UMAP in %i-D everything that was chosen, and PCA's places", (dimensions) => {
  const { method, graph, options } = makeTask("umap", { ...state, ...UMAP, dimensions }, GRAPH);
  expect([method, graph]).toEqual(["umap", GRAPH]);
  const { umapNeighbors: _, ...chosen } = UMAP;
  const start = { initial: Float32Array.from(placesOf([0, 1, 2, 3, 4], dimensions)), labels: null };
  expect(options).toEqual({ ...chosen, ...start, dimensions });
  expect(makeTask("umap", { ...state, epochs: 0 }, GRAPH).options).toMatchObject({ epochs: null });
});

it("starts isolated points at their own places, and says where PCA has none for them", () => {
  const subset = { name: "s", rows: Int32Array.of(1, 4), words: "" };
  const isolated = { ...state, dimensions: 2 as const, subset };
  const graph = { ...GRAPH, rows: 2, k: 1, linkedRows: 2 };
  const initialIn = (seen: Readonly<State>) => makeTask("umap", seen, graph).options.initial;
  const notesIn = (seen: Readonly<State>) =>
    describeGraph("umap", { ...seen, umapNeighbors: 2 }, graph).notes!.filter((note) => note.includes("random places"));
  const other = { ...state.projection!, subset: { ...subset, rows: Int32Array.of(0) } };
  const own = { ...isolated, projection: { ...state.projection!, subset } };
  for (const seen of [isolated, own]) {
    expect([...initialIn(seen)!]).toEqual(placesOf([1, 4], 2));
    expect(notesIn(seen)).toEqual([]);
  }
  for (const projection of [other, null, projectionOf(5, 1)]) {
    expect(initialIn({ ...isolated, projection })).toBeNull();
    expect(notesIn({ ...isolated, projection })).toHaveLength(1);
  }
});

it("supervises by the classes of a column, those of the isolated points if some are", () => {
  const column = textColumn("kind", ["b", "a", null, "b", "a"]);
  const supervised = {
    ...state,
    superviseBy: "kind",
    metadata: { columns: [column], rows: 5, lines: 5, problems: [] },
  };
  const labelsOf = (rows: number[] | null) => {
    const subset = rows === null ? null : { name: "s", rows: Int32Array.from(rows), words: "" };
    const graph = { rows: rows?.length ?? 5, k: 2, linkedRows: 5, crowdedRows: 0 } as NeighborGraph;
    return makeTask("umap", { ...supervised, subset }, graph).options.labels;
  };
  const all = labelsOf(null)!;
  expect([all[0] === all[3], all[1] === all[4], all[0] !== all[1], all[2]]).toEqual([true, true, true, -1]);
  expect([...labelsOf([1, 2, 3, 4])!]).toEqual([all[1], -1, all[3], all[4]]);
  expect(makeTask("umap", state, { rows: 5, k: 2 } as NeighborGraph).options.labels).toBeNull();
});

it("takes the points of an ignored value as unlabeled, and keeps the classes of all others", () => {
  const kind = textColumn("kind", ["b", "a", null, "b", "a"]);
  const columns = [kind, numberColumn("size", [1.5, 2, 2, Number.NaN, 1.5])];
  const metadata = { columns, rows: 5, lines: 5, problems: [] };
  const graph = { rows: 5, k: 2, linkedRows: 5, crowdedRows: 0 } as NeighborGraph;
  const labelsOf = (superviseBy: string, superviseWithout: string | null) => [
    ...makeTask("tsne", { ...state, metadata, superviseBy, superviseWithout }, graph).options.labels!,
  ];
  expect([labelsOf("kind", null), labelsOf("kind", "b")]).toEqual([
    [0, 1, -1, 0, 1],
    [-1, 1, -1, -1, 1],
  ]);
  expect(labelsOf("size", "1.5")).toEqual([-1, 1, 1, -1, -1]);
  expect([...kind.codes]).toEqual([0, 1, -1, 0, 1]);
});

it.each([
  ["gone", null, "No value is ignored: no point has «gone» in «kind»."],
  ["c", [0, 1, 3, 4], "No value is ignored: no point has «c» in «kind»."],
  ["a", [0, 1, 2, 3], null],
  ["b", [0, 1, 2, 3], "Not supervised: no two points share a value other than «b» of «kind»."],
])("says what comes of ignoring %s among the rows %o", (superviseWithout, rows, note) => {
  const metadata = { columns: [textColumn("kind", ["b", "a", null, "b", "a", "c"])], rows: 6, lines: 6, problems: [] };
  const subset = rows && { name: "s", rows: Int32Array.from(rows), words: "" };
  const supervised = { ...state, metadata, subset, superviseBy: "kind", superviseWithout };
  const graph = { rows: 6, k: 90, linkedRows: 6, crowdedRows: 0 } as NeighborGraph;
  expect(describeGraph("umap", supervised, graph).notes).toEqual(note === null ? [] : [note]);
});

it.each([
  ["id", "Not supervised: no two points share a value of «id»."],
  ["gone", "Not supervised: there is no column «gone»."],
])("says why it does not supervise by %s", (superviseBy, note) => {
  const metadata = { columns: [textColumn("id", ["a", "b", null, null])], rows: 4, lines: 4, problems: [] };
  const supervised = { ...state, projection: projectionOf(4), superviseBy, supervision: 1, metadata };
  const graph = { rows: 4, k: 90, linkedRows: 4, crowdedRows: 0 } as NeighborGraph;
  expect(describeGraph("tsne", supervised, graph).notes).toEqual([note]);
  expect(makeTask("tsne", supervised, graph).options.labels).toBeNull();
});

it("says that the minimum distance is no more than the spread", () => {
  const graph = { rows: 5000, k: 90, linkedRows: 5000, crowdedRows: 0 } as NeighborGraph;
  const packed = { ...state, minDist: 0.9, spread: 0.5 };
  expect(describeGraph("umap", packed, graph).notes).toEqual(["Min. distance 0.5: no more than the spread."]);
  expect(makeTask("umap", packed, graph).options).toMatchObject({ minDist: 0.5, spread: 0.5 });
});
